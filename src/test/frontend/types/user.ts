// A program of somebody who uses the package, with every type checked; it is never run.
import { ChatError, connect, joinRoom, newNonce, type ChatMessage, type ChatRoom, type ConnectionState, type Gap } from "parlour-chat-client";

const connection = connect({ server: new URL("https://chat.example.org/"), token: async () => "token", WebSocket: class {} });
const general: ChatRoom = connection.join("general", { since: 12, epoch: "e1", historyLimit: 20 });

connection.addEventListener("state", ({ detail: { state, code } }) => {
  const told: ConnectionState = state;
  console.log(told, code?.toFixed());
});
connection.addEventListener("private", (event) => console.log(event.detail.with.length, event.detail.content.length));
general.addEventListener("message", ({ detail }) => show(detail));
general.addEventListener("deleted", ({ detail }) => console.log(detail.target.toFixed()));
general.addEventListener("gap", async ({ detail }) => fill(detail), { once: true });
general.addEventListener("something of one's own", (event: Event) => console.log(event.type));

function show({ seq, username, content = "(deleted)" }: ChatMessage): void {
  console.log(seq.toFixed(), username.length, content.length);
}

async function fill({ from, to }: Gap): Promise<void> {
  for (let after: number | undefined = from; after !== undefined && after < to; ) {
    const page = await general.history({ after, limit: 100 });
    page.events.forEach(show);
    after = page.hasMore ? page.after : undefined;
  }
}

export async function talk(): Promise<void> {
  const room = await joinRoom({ room: "help", username: "ann" });
  room.typing();
  try {
    const { seq, duplicate = false } = await room.send("hello", { replyTo: 3, nonce: newNonce() });
    await room.delete(seq, duplicate ? "said twice" : undefined);
  } catch (refusal) {
    if (refusal instanceof ChatError && refusal.retryable) console.log(refusal.code.length, refusal.retryAfterMs?.toFixed());
  }
  const { count, users = [] } = await room.who();
  console.log(count.toFixed(), users.map((user) => user.username.length));
  for await (const message of room) show(message);
  await room.close();
}

// What is wrong is found out.
// @ts-expect-error a room's name is text
connection.join(7);
// @ts-expect-error there is no such way to be known
connect({ user: "ann" });
// @ts-expect-error it is read only
general.lastSeq = 0;
// @ts-expect-error the text may be missing, where the message was deleted
general.addEventListener("message", ({ detail }) => detail.content.length);
// @ts-expect-error a message that is to be sent has a text
void general.send();
