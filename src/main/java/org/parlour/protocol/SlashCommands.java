package org.parlour.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands as people type them: {@code /user bob}. The words are case-sensitive and lower case. */
final class SlashCommands {

    private static final Pattern COMMAND = Pattern.compile("/(\\S*)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern HISTORY = Pattern.compile("(\\d{1,9})?\\s*(?:before\\s+(\\d{1,18}))?");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern SEQ = Pattern.compile("\\d{1,18}");
    // A quotation mark stands in no name.
    private static final Pattern PRIVATE = Pattern.compile("(?:\"([^\"]+)\"|([^\\s\"]+))\\s+(.+)", Pattern.DOTALL);

    private static final Pattern INVITE = Pattern.compile("(\\d{1,9})?(?:\\s+(\\d{1,9}))?");

    private static final Pattern ROLE = Pattern.compile("(.*\\S)\\s+(\\S+)");

    private static final Pattern TIMED = Pattern.compile("(.*\\S)\\s+(\\d{1,7})");

    private SlashCommands() {}

    /**
     * @param text begins with one slash
     * @throws Refusal UNKNOWN_COMMAND, or BAD_MESSAGE with the right usage
     */
    static ClientMessage parse(String text) {
        Matcher command = COMMAND.matcher(text);
        if (!command.matches()) {
            throw unknown();
        }
        var argument = command.group(2).strip();
        return switch (command.group(1)) {
            case "user" -> new ClientMessage.SetUsername(null, null, required(argument, "/user NAME"));
            case "history" -> history(argument);
            case "who" -> new ClientMessage.Who(null, null);
            case "msg" -> privately(argument);
            case "me" -> new ClientMessage.Act(null, null, required(argument, "/me TEXT"), null);
            case "topic" -> new ClientMessage.Topic(null, null, argument.isEmpty() ? null : argument);
            case "kick" -> moderate("kick", argument, false);
            case "ban" -> moderate("ban", argument, true);
            case "unban" -> moderate("unban", argument, false);
            case "mute" -> moderate("mute", argument, true);
            case "unmute" -> moderate("unmute", argument, false);
            case "role" -> role(argument);
            case "delete" -> delete(argument);
            case "invite" -> invite(argument);
            case "slow" -> slow(argument);
            case "archive" -> archive(argument);
            case "help" -> new ClientMessage.Help(null);
            case "leave" -> new ClientMessage.Leave(null, null);
            default -> throw unknown();
        };
    }

    private static ClientMessage moderate(String action, String argument, boolean maybeTimed) {
        var name = required(argument, "/" + action + (maybeTimed ? " NAME [MINUTES]" : " NAME"));
        var timed = TIMED.matcher(name);
        return maybeTimed && timed.matches()
                ? new ClientMessage.Moderate(
                        null, null, action, timed.group(1), null, 60 * Long.parseLong(timed.group(2)), null, null)
                : new ClientMessage.Moderate(null, null, action, name, null, null, null, null);
    }

    private static ClientMessage role(String argument) {
        var matcher = ROLE.matcher(argument);
        if (!matcher.matches()) {
            throw usage("/role NAME owner|moderator|member|reader|none");
        }
        return new ClientMessage.Moderate(null, null, "role", matcher.group(1), matcher.group(2), null, null, null);
    }

    private static ClientMessage delete(String argument) {
        if (!SEQ.matcher(argument).matches()) {
            throw usage("/delete SEQ");
        }
        return new ClientMessage.Delete(null, null, Long.valueOf(argument), null);
    }

    private static ClientMessage privately(String argument) {
        var matcher = PRIVATE.matcher(argument);
        if (!matcher.matches()) {
            throw usage("/msg NAME TEXT");
        }
        var to = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new ClientMessage.Private(null, null, to, null, matcher.group(3), null, null);
    }

    private static ClientMessage invite(String argument) {
        var matcher = INVITE.matcher(argument);
        if (!matcher.matches()) {
            throw usage("/invite [USES] [HOURS]");
        }
        var uses = matcher.group(1);
        var hours = matcher.group(2);
        return new ClientMessage.Invite(
                null,
                null,
                uses == null ? null : Integer.valueOf(uses),
                hours == null ? null : 3_600 * Long.parseLong(hours));
    }

    private static ClientMessage slow(String argument) {
        if (!SECONDS.matcher(argument).matches()) {
            throw usage("/slow SECONDS");
        }
        return new ClientMessage.Slow(null, Integer.parseInt(argument));
    }

    // With an argument somebody means something else, and it is not done by mistake.
    private static ClientMessage archive(String argument) {
        if (!argument.isEmpty()) {
            throw usage("/archive");
        }
        return new ClientMessage.Archive(null);
    }

    private static ClientMessage history(String argument) {
        var matcher = HISTORY.matcher(argument);
        if (!matcher.matches()) {
            throw usage("/history [N] [before SEQ]");
        }
        var limit = matcher.group(1);
        var before = matcher.group(2);
        return new ClientMessage.Recall(
                null, limit == null ? null : Integer.valueOf(limit), before == null ? null : Long.valueOf(before));
    }

    private static String required(String argument, String usage) {
        if (argument.isEmpty()) {
            throw usage(usage);
        }
        return argument;
    }

    private static Refusal usage(String usage) {
        return new Refusal(ErrorCode.BAD_MESSAGE, "Usage: " + usage);
    }

    // The command itself is not repeated: in the text face it could forge a line.
    private static Refusal unknown() {
        return new Refusal(
                ErrorCode.UNKNOWN_COMMAND, "Unknown command. Type /help for the list, or //text to say /text.");
    }
}
