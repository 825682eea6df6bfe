// The examples that wait for what Vobiz reports: each to each of its ends.
import { usePlayground } from '../hands.mjs';
import { complete, example, fails, fire, hasIncident, pass, publish, reportsNothing, towards, waits } from '../examples.mjs';

usePlayground();

example('End at the scheduled time', {
  'ends the conference, and hears that it is empty': { steps: [fire('ScheduledEnd')], ends: ['ConferenceEmpty'] },
  'ends the conference, and hears nothing': {
    before: [reportsNothing],
    steps: [fire('ScheduledEnd'), fire('NotEmptyInTime')],
    ends: ['NotConfirmed'],
  },
  'sees that the conference has ended already': { closed: true, steps: [fire('ScheduledEnd')], ends: ['HadEnded'] },
  'leaves the conference alone when Vobiz was busy for too long': {
    before: [towards('BUSY')],
    steps: [fire('ScheduledEnd'), fails('HangUpConference'), pass('15 minutes')],
    ends: ['NotHungUp'],
  },
  'has nothing to do when the meeting ends by itself': {
    variables: (conference) => ({ conferenceName: conference, meetingId: conference }),
    steps: [publish('MeetingEnded')],
    ends: ['EndedByItself'],
  },
});

/** So that the timer does not fire while a hand is on its way to the button. */
const variables = { announcementDuration: 'PT5M' };
const lookInto = complete('SeeWhy', { 'What you found and did': 'Nobody is in it' });

example('End, and wait until empty', {
  'ends the conference, and hears that it is empty': {
    variables,
    steps: [fire('AnnouncementOver')],
    ends: ['ConferenceEmpty'],
  },
  'ends the conference if the announcement cannot be played in time': {
    variables: { announcementUrl: '' },
    steps: [hasIncident('PlayAnnouncement'), fire('NotAnnounced')],
    ends: ['ConferenceEmpty'],
  },
  'calls a person in when it hears nothing': {
    before: [reportsNothing],
    variables,
    steps: [fire('AnnouncementOver'), fire('NotEmptyInTime'), lookInto],
    ends: ['ClosedByPerson'],
  },
  'needs the person no longer when it hears of it late': {
    before: [reportsNothing],
    variables,
    steps: [fire('AnnouncementOver'), fire('NotEmptyInTime'), publish('EmptyMeanwhile')],
    ends: ['EmptyAfterAll'],
  },
  'calls a person in when Vobiz was busy for too long': {
    variables,
    steps: [
      waits('AnnouncementOver'), towards('BUSY'), fire('AnnouncementOver'),
      fails('HangUpConference'), pass('1 hour'), lookInto,
    ],
    ends: ['ClosedByPerson'],
  },
  'sees that the conference has ended already': { closed: true, ends: ['HadEnded'] },
});

const report = (values) => (conference) => publish('Emergency', { conferenceName: conference, ...values })();
const inform = complete('InformSecurity', { 'Security has been informed': true });

example('Emergency termination', {
  'ends the conference, informs, and hears that it is empty': {
    by: report(),
    steps: [inform],
    ends: ['Handled', 'KnownEmpty'],
  },
  'ends the conference, informs, and hears nothing': {
    before: [reportsNothing],
    by: report(),
    steps: [inform, fire('NotEmptyInTime')],
    ends: ['Handled', 'NotConfirmed'],
  },
  'informs that a report came too late': {
    by: report({ reportedAt: '2020-01-01T00:00:00Z' }),
    steps: [inform, fire('NotEmptyInTime')],
    ends: ['NotHungUp', 'NotConfirmed'],
  },
  'calls a person in when Vobiz is busy': {
    before: [towards('BUSY')],
    by: report(),
    steps: [
      fails('HangUpConference'), fire('NotDoneInTime'), complete('EndByHand', { 'What was done': 'Ended in the console' }),
      pass('15 minutes'), inform, fire('NotEmptyInTime'),
    ],
    ends: ['Escalated', 'NotHungUp', 'NotConfirmed'],
  },
});
