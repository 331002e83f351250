// A request as a line for a shell.

const CONTROL = /[\u0000-\u001f\u007f]/;

/** A text in the quotes of a shell. */
function quote(text) {
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text.replace(/[\\']/g, "\\$&")
    .replace(/[\u0000-\u001f\u007f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `$'${escaped}'`;
}

/** The line, with the credentials of the request's project. */
export function curl(request, credentials) {
  const { method, path, query, body } = request;
  const parts = ["curl", quote(`${location.origin}${path}${query ? `?${query}` : ""}`)];
  if (method === "HEAD") parts.push("--head");
  else if (method !== (body ? "POST" : "GET")) parts.push("-X", quote(method));
  if (credentials) parts.push("-u", quote(`${credentials.project_id}:${credentials.secret}`));
  if (body) parts.push("-H", quote("content-type: application/json"), "--data-raw", quote(body));
  else if (method === "POST" || method === "PUT") parts.push("# its body was not kept: start with --journal-bodies on");
  return parts.join(" ");
}
