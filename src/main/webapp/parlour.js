// A small client for the plain face of the protocol (docs/protocol.md). A later version brings the full one.
"use strict";

const joinForm = document.getElementById("join");
const chat = document.getElementById("chat");
const list = document.getElementById("messages");
const sayForm = document.getElementById("say");
const status = document.getElementById("status");

let socket = null;
let me = "";

joinForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(joinForm);
  connect(fields.get("room").trim(), fields.get("username").trim());
});

sayForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = sayForm.elements.content;
  const text = field.value;
  if (text.trim() === "" || socket?.readyState !== WebSocket.OPEN) return;
  socket.send(text);
  field.value = "";
  showOwn(text);
});

// The server does not echo: what one says and does oneself is shown here.
function showOwn(text) {
  const [command, rest] = /^(\/\S+)\s+(.+)$/s.exec(text)?.slice(1) ?? [];
  if (text.startsWith("//")) show(me, text.slice(1), new Date());
  else if (!text.startsWith("/")) show(me, text, new Date());
  else if (command === "/user") {
    setName(rest.trim());
    note(`You are ${me} now`);
  } else if (command === "/me") note(`${me} ${rest}`);
  else if (command === "/topic") note(`You set the topic: ${rest}`);
}

function setName(username) {
  me = username;
  document.getElementById("me").textContent = username;
}

document.getElementById("leave").addEventListener("click", () => socket?.close());

function connect(room, username) {
  // Relative to this page, so that it works below any context path.
  const address = new URL(`ws/${encodeURIComponent(room)}`, document.baseURI);
  address.protocol = address.protocol.replace("http", "ws");
  list.replaceChildren();
  socket?.close();
  setName(username);
  socket = new WebSocket(address);
  status.textContent = "Connecting …";
  socket.addEventListener("open", () => {
    status.textContent = `Room ${room}`;
    joinForm.hidden = true;
    chat.hidden = false;
    sayForm.hidden = false;
    socket.send(JSON.stringify({ type: "SetUsername", username }));
    sayForm.elements.content.focus();
  });
  socket.addEventListener("message", (event) => {
    if (event.target === socket) receive(JSON.parse(event.data));
  });
  socket.addEventListener("close", (event) => {
    if (event.target !== socket) return;
    status.textContent = event.code === 1000 ? "You left" : "The connection was lost. Join again to go on.";
    joinForm.hidden = false;
    sayForm.hidden = true;
  });
}

function receive(message) {
  const at = message.at ? new Date(message.at) : new Date();
  switch (message.type) {
    case "NewMessage": return message.action ? note(`${message.username} ${message.content}`) : show(message.username, message.content, at);
    case "UserJoined": return note(`${message.username} joined`);
    case "UserLeft": return note(`${message.username} left`);
    case "Notice": return note(message.message);
    case "Error":
      // Without a name there is nothing to do here: let the person choose another one.
      if (message.code.startsWith("USERNAME_")) {
        joinForm.hidden = false;
        joinForm.elements.username.focus();
      }
      return note(message.message, "refused");
  }
}

function show(username, content, at) {
  const time = element("time", at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = at.toISOString();
  append(element("li", time, element("b", username), content));
}

function note(text, kind = "note") {
  const item = element("li", text);
  item.className = kind;
  append(item);
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function append(item) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(item);
  if (atEnd) list.scrollTop = list.scrollHeight;
}
