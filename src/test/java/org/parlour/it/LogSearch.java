package org.parlour.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for many texts in long logs at once. */
final class LogSearch {

    /** What is looked for, by its beginning: one look-up for each place in a log, however many they are. */
    private final Map<String, List<String>> wanted = new HashMap<>();

    /** @param notes as {@link Confidential} writes them */
    LogSearch(Path notes) throws IOException {
        for (var note : lines(notes)) {
            var tab = note.indexOf('\t');
            if (note.length() - tab > Confidential.LEAST) {
                var begin = note.substring(tab + 1, tab + 1 + Confidential.LEAST);
                wanted.computeIfAbsent(begin, none -> new ArrayList<>()).add(note);
            }
        }
    }

    int size() {
        return wanted.values().stream().mapToInt(List::size).sum();
    }

    /** @return a sentence for each line in which something was found, with its number */
    List<String> in(Path log) throws IOException {
        var found = new ArrayList<String>();
        var number = 0;
        for (var line : lines(log)) {
            number++;
            for (int at = 0; at + Confidential.LEAST <= line.length(); at++) {
                var notes = wanted.get(line.substring(at, at + Confidential.LEAST));
                if (notes != null) {
                    for (var note : notes) {
                        if (line.startsWith(note.substring(note.indexOf('\t') + 1), at)) {
                            found.add(log + ":" + number + " shows a " + note.replace("\t", ": "));
                        }
                    }
                }
            }
        }
        return found;
    }

    // Not readAllLines: what is not UTF-8 is no reason to stop.
    private static List<String> lines(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n"));
    }
}
