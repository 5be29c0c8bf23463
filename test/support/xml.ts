/**
 * Why a text is no well-formed XML; undefined when it is. Knows what an SVG of ours has: prolog,
 * doctype, comments, elements, attributes in quotes, text with entities.
 */
export function xmlFault(text: string): string | undefined {
  const markup =
    /<\?[^]*?\?>|<!--(?:(?!--)[^])*-->|<!DOCTYPE[^>]*>|<(?<close>\/)?(?<name>[A-Za-z_][\w:.-]*)(?<attributes>(?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/)?>/g;
  const open: string[] = [];
  let end = 0;
  let elements = 0;
  const between = (from: number, to: number): string | undefined => {
    const words = text.slice(from, to);
    if (/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.test(words)) return words;
    return open.length === 0 && words.trim() !== "" ? words : undefined;
  };
  for (const match of text.matchAll(markup)) {
    const stray = between(end, match.index);
    if (stray !== undefined) return `stray text ${JSON.stringify(stray)}`;
    end = match.index + match[0].length;
    const { close, name, attributes = "", empty } = match.groups ?? {};
    if (name === undefined) continue;
    const names = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)].map(
      ([, attribute]) => attribute,
    );
    if (new Set(names).size < names.length) return `an attribute twice in <${name}>`;
    if (close !== undefined) {
      const last = open.pop();
      if (last !== name) return `</${name}> closes <${String(last)}>`;
    } else {
      if (open.length === 0 && elements > 0) return `a second root <${name}>`;
      elements++;
      if (empty === undefined) open.push(name);
    }
  }
  const stray = between(end, text.length);
  if (stray !== undefined) return `stray text ${JSON.stringify(stray)}`;
  if (elements === 0) return "no element";
  return open.length > 0 ? `<${open.join("> <")}> left open` : undefined;
}
