// As much of a mail server as one sender needs (RFC 5321), without encryption or login.
import { createServer } from "node:net";

const END_OF_MAIL = "\r\n.\r\n";

/** A server that hands on each mail: its envelope and its text. */
export function createMailServer(take) {
  return createServer((socket) => {
    const say = (line) => socket.write(`${line}\r\n`);
    let mail = { from: "", to: [], text: "" };
    let buffer = "";
    let inText = false;

    const COMMANDS = [
      [/^EHLO|^HELO/i, () => say("250 alert-sink")],
      [/^MAIL FROM:<(.*)>/i, ([, from]) => ((mail.from = from), say("250 OK"))],
      [/^RCPT TO:<(.*)>/i, ([, to]) => (mail.to.push(to), say("250 OK"))],
      [/^DATA/i, () => ((inText = true), say("354 End with ."))],
      [/^QUIT/i, () => (say("221 Bye"), socket.end())],
      [/^RSET|^NOOP/i, () => say("250 OK")],
      [/^/, () => say("502 Not implemented")],
    ];

    function next() {
      if (inText) {
        const end = buffer.indexOf(END_OF_MAIL);
        if (end < 0) return false;
        take({ ...mail, text: buffer.slice(0, end) });
        buffer = buffer.slice(end + END_OF_MAIL.length);
        mail = { from: "", to: [], text: "" };
        inText = false;
        say("250 OK");
        return true;
      }
      const end = buffer.indexOf("\r\n");
      if (end < 0) return false;
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      for (const [pattern, act] of COMMANDS) {
        const match = pattern.exec(line);
        if (match) {
          act(match);
          break;
        }
      }
      return true;
    }

    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      buffer += chunk.toString("utf8");
      while (next());
    });
    say("220 alert-sink");
  });
}
