/** The page's style, light or dark as the reader's system is. Contrast is at least 4.5 to 1. */
export const STYLE = `
:root { color-scheme: light dark;
  --page: #f6f8fa; --card: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0;
  --code: #eff1f3; --added: #1a7f37; --added-back: #dafbe1; --removed: #c21c27;
  --removed-back: #ffebe9; --changed: #8a5a00; --changed-back: #fff8c5; --link: #0969da;
  --service: #54aeff; --store: #e8833a; --exporter: #8c959f; --monitor: #4ac26b; --free: #e4e8ec; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0d1117; --card: #161b22; --text: #e6edf3; --quiet: #9da7b3; --line: #3d444d;
  --code: #262c36; --added: #56d364; --added-back: #12261e; --removed: #ff8a80;
  --removed-back: #301517; --changed: #e3b341; --changed-back: #2b230d; --link: #79b8ff;
  --service: #58a6ff; --store: #f0883e; --exporter: #8b949e; --monitor: #3fb950; --free: #2d333b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
header, main { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 21px; margin: 0; }
h3 { font-size: 16px; margin: 26px 0 8px; }
a { color: var(--link); }
.quiet { color: var(--quiet); } .versions { margin: 0 0 8px; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 12px 0; }
nav a { display: inline-block; padding: 3px 12px; border: 1px solid var(--line); border-radius: 999px;
  background: var(--card); text-decoration: none; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 20px 24px 24px; margin: 16px 0; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 0 4px; padding: 0; list-style: none; }
.chips li, .tag { border-radius: 6px; padding: 1px 9px; font-weight: 600; white-space: nowrap; }
.deleted, .removed { color: var(--removed); background: var(--removed-back); }
.replaced, .restarted, .changed { color: var(--changed); background: var(--changed-back); }
.created, .added { color: var(--added); background: var(--added-back); }
.none { color: var(--quiet); background: var(--code); }
.danger, .note { border-left: 4px solid var(--removed); background: var(--removed-back);
  padding: 10px 16px; border-radius: 6px; margin: 14px 0; }
.note { border-color: var(--changed); background: var(--changed-back); }
.danger ul, .note ul { margin: 4px 0; padding-left: 20px; } .danger p, .note p { margin: 0; }
.scroll { overflow-x: auto; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); }
table { border-collapse: collapse; width: 100%; margin: 6px 0; }
caption { text-align: left; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-size: 13px; font-weight: 600; } tbody th { font-weight: 600; white-space: nowrap; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
ul { margin: 6px 0; padding-left: 20px; }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: 8px 14px; align-items: center; }
.bar { display: flex; height: 20px; border-radius: 5px; overflow: hidden; background: var(--free); gap: 1px; }
.bar span { display: block; height: 100%; }
.service { background: var(--service); } .store { background: var(--store); }
.exporter { background: var(--exporter); } .monitor { background: var(--monitor); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 8px 0 0; list-style: none; font-size: 13px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
figure { margin: 10px 0; } figcaption { color: var(--quiet); font-size: 13px; margin-bottom: 6px; }
figure img { display: block; max-width: 100%; height: auto; }
.picture { background: #ffffff; border: 1px solid var(--line); border-radius: 8px; padding: 10px; overflow-x: auto; }
details { border-top: 1px solid var(--line); } details:last-child { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: 7px 2px; overflow-wrap: anywhere; }
summary b { font-weight: 600; } .plus { color: var(--added); } .minus { color: var(--removed); }
pre { margin: 0 0 12px; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: 8px 0; tab-size: 2; }
pre span { display: block; padding: 0 12px; min-width: max-content; }
pre .hunk { color: var(--quiet); background: var(--code); }
footer { max-width: 1160px; margin: 0 auto; padding: 8px 20px 40px; }
@media (max-width: 720px) {
  section { padding: 16px; } thead { display: none; }
  table, tbody, tr, th, td { display: block; } tbody th { border: 0; padding-bottom: 0; white-space: normal; }
  td { border: 0; padding: 2px 0; } tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
  .bars { grid-template-columns: 1fr; gap: 2px; } }
@media print { details { break-inside: avoid; } body { background: none; } }
`;
