// Stands in for the APIs that alerts are sent to, and records what it is sent: Telegram, Slack,
// Discord, PagerDuty, any webhook (port 8080) and a mail server (port 2525).
//   GET /requests      what came, oldest first: [{ at, channel, path, authorization, body }]
//   DELETE /requests   forgets it
//   PUT /answers       { "slack": 503 } makes a channel answer so from now on; {} heals all
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import { URLSearchParams } from "node:url";
import { createMailServer } from "./mail.mjs";

const HTTP_PORT = 8080;
const MAIL_PORT = 2525;
let requests = [];
let answers = {};

const record = (entry) => requests.push({ at: new Date().toISOString(), ...entry });

/** The channels by path; each refuses what the real one does, in its words. */
const CHANNELS = [
  {
    name: "telegram",
    path: /^\/bot[^/]+\/sendMessage$/,
    answer: ({ chat_id, text, parse_mode }) => {
      const refusal = telegramRefusal(chat_id, text, parse_mode);
      if (refusal) return json(400, { ok: false, error_code: 400, description: refusal });
      const chat = { id: Number(chat_id), type: "supergroup", title: "lab" };
      return json(200, {
        ok: true,
        result: { message_id: requests.length, date: now(), chat, text },
      });
    },
  },
  {
    name: "slack",
    path: /^\/services\/[^/]+\/[^/]+\/[^/]+$/,
    answer: ({ text, attachments = [] }) =>
      text || attachments.length > 0 ? plain(200, "ok") : plain(400, "no_text"),
  },
  {
    name: "discord",
    path: /^\/api\/webhooks\/[^/]+\/[^/]+$/,
    answer: ({ content = "", embeds = [] }) => {
      if (content === "" && embeds.length === 0) {
        return json(400, { message: "Cannot send an empty message", code: 50006 });
      }
      const long = embeds.some(
        ({ title = "", description = "" }) => runes(title) > 256 || runes(description) > 4096,
      );
      return long || runes(content) > 2000
        ? json(400, { message: "Invalid Form Body", code: 50035 })
        : { status: 204, type: "text/plain", body: "" };
    },
  },
  {
    name: "pagerduty",
    path: /^\/v2\/enqueue$/,
    answer: ({ routing_key, event_action, dedup_key, payload }) =>
      routing_key && (event_action === "resolve" || payload?.summary)
        ? json(202, { status: "success", message: "Event processed", dedup_key })
        : json(400, { status: "invalid event", message: "Event object is invalid" }),
  },
  { name: "heartbeat", path: /^\/heartbeat/, answer: () => plain(200, "ok") },
  { name: "webhook", path: /^\//, answer: () => plain(200, "ok") },
];

const TELEGRAM_TAGS = /<\/?(?:b|strong|i|em|u|s|code|pre|a)(?: href="[^"<>]*")?>/g;

function telegramRefusal(chat, text, mode) {
  if (!chat) return "Bad Request: chat_id is empty";
  if (!text) return "Bad Request: message text is empty";
  if (runes(text) > 4096) return "Bad Request: message is too long";
  if (mode === "HTML" && /[<>]/.test(text.replace(TELEGRAM_TAGS, ""))) {
    return "Bad Request: can't parse entities";
  }
  return undefined;
}

const runes = (text) => [...text].length;
const now = () => Math.floor(Date.now() / 1000);
const json = (status, body) => ({ status, type: "application/json", body: JSON.stringify(body) });
const plain = (status, body) => ({ status, type: "text/plain", body });

function control(method, path, body) {
  if (path === "/requests" && method === "GET") return json(200, requests);
  if (path === "/requests" && method === "DELETE") {
    requests = [];
    return plain(200, "ok");
  }
  if (path === "/answers" && method === "PUT") {
    answers = body;
    return plain(200, "ok");
  }
  return undefined;
}

function answerTo(request, body) {
  const controlled = control(request.method, request.url, body);
  if (controlled) return controlled;
  const channel = CHANNELS.find(({ path }) => path.test(request.url));
  const { authorization } = request.headers;
  record({ channel: channel.name, path: request.url, authorization, body });
  const forced = answers[channel.name];
  return forced === undefined ? channel.answer(body) : plain(forced, "as told");
}

/** Telegram's clients send JSON or a form; all others JSON. */
function parsed(text, type = "") {
  if (text === "") return {};
  if (type.includes("urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = parsed(Buffer.concat(chunks).toString("utf8"), request.headers["content-type"]);
    const { status, type, body: text } = answerTo(request, body);
    response.writeHead(status, { "Content-Type": type }).end(text);
  });
}).listen(HTTP_PORT, () => console.log(`listening on ${HTTP_PORT}`));
createMailServer((mail) => record({ channel: "email", path: "", body: mail })).listen(MAIL_PORT);

// The first process of a container gets no default handler.
process.on("SIGTERM", () => process.exit(0));
