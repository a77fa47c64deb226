package dev.lintel.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.limit.CalendarPeriod.Unit;
import dev.lintel.option.GatewayException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "DAYS,   1,  UTC,                2026-03-01T10:00:20Z, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
        "WEEKS,  1,  UTC,                2026-03-01T10:00:20Z, 2026-02-23T00:00:00Z, 2026-03-02T00:00:00Z",
        "WEEKS,  7,  UTC,                2026-03-01T10:00:20Z, 2026-03-01T00:00:00Z, 2026-03-08T00:00:00Z",
        "MONTHS, 1,  UTC,                2024-02-29T23:59:59Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "MONTHS, 15, UTC,                2026-03-14T23:59:59Z, 2026-02-15T00:00:00Z, 2026-03-15T00:00:00Z",
        "MONTHS, 28, UTC,                2026-03-28T00:00:00Z, 2026-03-28T00:00:00Z, 2026-04-28T00:00:00Z",
        // 23 hours, 25 hours, and days that begin at one o'clock because midnight is left out
        "DAYS,   1,  Europe/Berlin,      2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAYS,   1,  Europe/Berlin,      2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "DAYS,   1,  America/Sao_Paulo,  2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
        "MONTHS, 1,  Europe/Berlin,      2026-03-29T12:00:00Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
        "DAYS,   1,  Asia/Kolkata,       2026-03-01T18:29:59Z, 2026-02-28T18:30:00Z, 2026-03-01T18:30:00Z",
        "DAYS,   1,  UTC,                1969-12-31T23:00:00Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void cutsDaysWeeksAndMonthsWhereTheyBegin(
            Unit unit, int firstDay, String zone, Instant at, Instant start, Instant end) {
        CalendarPeriod period = CalendarPeriod.each(unit).in(ZoneId.of(zone)).from(firstDay);
        assertThat(Instant.ofEpochMilli(period.startOf(at.toEpochMilli()))).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(period.endOf(at.toEpochMilli()))).isEqualTo(end);
    }

    /** No instant is in two windows or in none: not where clocks are changed, not where a zone has left a whole day out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Africa/Cairo",
                "America/Sao_Paulo",
                "Asia/Beirut",
                "UTC"
            })
    void everyInstantIsInOneWindow(String zone) {
        Random random = new Random(zone.hashCode());
        for (Unit unit : new Unit[] {Unit.DAYS, Unit.WEEKS, Unit.MONTHS}) {
            CalendarPeriod period = CalendarPeriod.each(unit).in(ZoneId.of(zone));
            for (int i = 0; i < 20_000; i++) {
                long at =
                        random.nextLong(0, Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
                long start = period.startOf(at);
                long end = period.endOf(at);
                assertThat(start).isLessThanOrEqualTo(at);
                assertThat(end).isGreaterThan(at);
                assertThat(period.startOf(start)).isEqualTo(start);
                assertThat(period.endOf(end - 1)).isEqualTo(end);
                assertThat(period.startOf(end)).isEqualTo(end);
            }
        }
    }

    @Test
    void cutsTheUtcDayIntoEvenParts() {
        CalendarPeriod quarters = CalendarPeriod.every(Duration.ofMinutes(15));
        long at = Instant.parse("2026-03-01T10:44:59.999Z").toEpochMilli();
        assertThat(Instant.ofEpochMilli(quarters.startOf(at))).isEqualTo("2026-03-01T10:30:00Z");
        assertThat(Instant.ofEpochMilli(quarters.endOf(at))).isEqualTo("2026-03-01T10:45:00Z");
        assertThat(CalendarPeriod.every(Duration.ofDays(1))).isEqualTo(CalendarPeriod.each(Unit.DAYS));
    }

    @Test
    void k28RefusesWhatIsNoPartOfTheCalendar() {
        assertThatThrownBy(() -> CalendarPeriod.every(Duration.ofHours(1)).in(ZoneId.of("Europe/Berlin")))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("zone: Europe/Berlin (expected: for days");
        assertThatThrownBy(() -> CalendarPeriod.each(Unit.MONTHS).from(29))
                .hasMessageContaining("firstDay: 29 (expected: for weeks 1 (Monday) to 7 (Sunday), for months 1 to 28");
        assertThatThrownBy(() -> CalendarPeriod.each(Unit.WEEKS).from(8)).hasMessageContaining("firstDay: 8");
        assertThatThrownBy(() -> CalendarPeriod.each(Unit.DAYS).from(2)).hasMessageContaining("firstDay: 2");
    }
}
