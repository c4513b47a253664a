// What is typed with a slash, done by what a button would do.

/**
 * @param {string} text begins with "/"
 * @param {{chat: import("./chats.js").Chat, say: (text: string, how: object) => void, ask: (request: object) => Promise<any>, letters: (name: string, text: string) => void, help: () => void, leave: () => void}} on
 * @returns {Promise<string | undefined>} the key of a sentence if there is no such command
 */
export async function command(text, on) {
  const [, word, rest] = /^\/(\S*)\s*([\s\S]*)$/.exec(text);
  const argument = rest.trim();
  switch (word) {
    case "me": return argument ? void on.say(argument, { action: true }) : "usage.me";
    case "help": return void on.help();
    case "leave": return void on.leave();
    case "msg": {
      const [, quoted, name, said] = /^(?:"([^"]+)"|([^\s"]+))\s+([\s\S]+)$/.exec(argument) ?? [];
      return said ? void on.letters(quoted ?? name, said) : "usage.msg";
    }
    case "topic": return argument ? void (await on.ask({ type: "Topic", topic: argument })) : "usage.topic";
    case "kick": case "unban": case "unmute":
      return argument ? void (await on.ask({ type: "Moderate", action: word, username: argument })) : "usage.moderate";
    case "ban": case "mute": {
      const [, name, minutes] = /^(.*?)(?:\s+(\d{1,7}))?$/s.exec(argument);
      return name ? void (await on.ask({ type: "Moderate", action: word, username: name, ...(minutes ? { seconds: 60 * Number(minutes) } : {}) })) : "usage.moderate";
    }
    default: return "usage.unknown";
  }
}
