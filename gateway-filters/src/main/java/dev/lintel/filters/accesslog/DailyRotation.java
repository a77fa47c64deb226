package dev.lintel.filters.accesslog;

import dev.lintel.Time;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Puts a file aside when the UTC day ends, under the day's date: {@code access.log.2026-01-31}. */
final class DailyRotation implements Rotation {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final int MOST_OF_A_DAY = 1000;

    private final Time time;
    private final int keep;
    private long day;

    private DailyRotation(Time time, int keep, long day) {
        this.time = time;
        this.keep = keep;
        this.day = day;
    }

    /** A rotation for a file that may exist already: what it holds is of the day it was written last. */
    static DailyRotation of(Path file, Time time, int keep) throws IOException {
        long day = dayOf(time.wall().millis());
        try {
            day = Math.min(day, dayOf(Files.getLastModifiedTime(file).toMillis()));
        } catch (NoSuchFileException notYet) {
            // it begins today
        }
        return new DailyRotation(time, keep, day);
    }

    @Override
    public boolean isDue(long size, int more) {
        long today = dayOf(time.wall().millis());
        if (size == 0) {
            day = Math.max(day, today);
        }
        return today > day;
    }

    @Override
    public void putAside(Path file) throws IOException {
        Files.move(file, unused(file, LocalDate.ofEpochDay(day)));
        day = dayOf(time.wall().millis());
        removeOld(file);
    }

    private static Path unused(Path file, LocalDate date) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + date);
        for (int i = 1; i < MOST_OF_A_DAY && Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + "." + date + "." + i);
        }
        return aside;
    }

    private void removeOld(Path file) throws IOException {
        Pattern ours = Pattern.compile(Pattern.quote(file.getFileName() + ".") + "\\d{4}-\\d\\d-\\d\\d(\\.\\d+)?");
        List<Path> aside = new ArrayList<>();
        Path directory = file.toAbsolutePath().getParent();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path one : all) {
                if (ours.matcher(String.valueOf(one.getFileName())).matches()) {
                    aside.add(one);
                }
            }
        }
        Collections.sort(aside);
        for (int i = 0; i < aside.size() - keep; i++) {
            Files.deleteIfExists(aside.get(i));
        }
    }

    private static long dayOf(long millis) {
        return Math.floorDiv(millis, DAY);
    }
}
