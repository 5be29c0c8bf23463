/** The body and headers of a multipart request with the given files. */
export async function upload(...files: readonly Uint8Array[]) {
  const form = new FormData();
  form.append("note", "a field beside the file");
  for (const file of files) form.append("image", new Blob([new Uint8Array(file)]), "whale");
  const encoded = new Response(form);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  };
}
