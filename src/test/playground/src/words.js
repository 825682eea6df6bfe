// How the page says things.

export const MOODS = {
  USUAL: 'as usual',
  BUSY: 'busy (429)',
  FAILS: 'fails (503)',
  SLOW: 'slow (4 s)',
  LOSES_ANSWER: 'loses an answer',
  REFUSES: 'refuses (401)',
  GONE: 'gone (404)',
};

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

export const clock = (moment) => time.format(new Date(moment));

/** With the date, unless it is today's. */
export const moment = (instant, now) =>
  new Date(instant).toDateString() === new Date(now).toDateString()
    ? clock(instant)
    : dateAndTime.format(new Date(instant));

/** A length of time in two units at most, such as "1 h 5 min". */
export function duration(millis) {
  let seconds = Math.round(millis / 1000);
  const parts = [];
  for (const [unit, size] of [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]]) {
    const count = Math.floor(seconds / size);
    if (count && parts.length < 2) parts.push(`${count} ${unit}`);
    seconds -= count * size;
  }
  return parts.join(' ') || '0 s';
}

export const STATES = { active: 'under way', completed: 'ended', canceled: 'canceled' };

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
