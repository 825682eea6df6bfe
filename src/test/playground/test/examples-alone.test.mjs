// The examples that need nobody: each to each of its ends.
import { usePlayground } from '../hands.mjs';
import { comesTo, example, fails, fire, hasIncident, leaves, open, pass, towards, waits } from '../examples.mjs';

usePlayground();

const LONG_AGO = '2020-01-01T00:00:00Z';

example('Hang up conference', {
  'ends a conference': { ends: ['ConferenceEnded'] },
  'sees that there is no such conference': { closed: true, ends: ['ConferenceAlreadyGone'] },
  'leaves the conference alone when Vobiz was busy for too long': {
    before: [towards('BUSY')],
    steps: [fails('HangUpConference'), pass('1 hour')],
    ends: ['NotHungUp'],
  },
});

example('End on a condition', {
  'ends the conference of a case that is closed': { variables: { caseStatus: 'closed' }, ends: ['ConferenceEnded'] },
  'lets the conference of any other case go on': { variables: { caseStatus: 'open' }, ends: ['GoesOn'] },
  'sees that the conference has ended already': { closed: true, variables: { caseStatus: 'closed' }, ends: ['AlreadyGone'] },
  'does not end the conference of a case that was closed long ago': {
    variables: { caseStatus: 'closed', changedAt: LONG_AGO },
    ends: ['NotHungUp'],
  },
});

example('Hang up and tell', {
  'ends a conference': { ends: ['Ended'] },
  'tells that there is no such conference': { closed: true, ends: ['WasNotThere'] },
  'tells that it is too late': { variables: { countedFrom: LONG_AGO }, ends: ['WasTooLate'] },
});

example('Hang up each', {
  'tells of each conference, open or not': {
    variables: (conference) => ({ conferenceNames: JSON.stringify([conference, 'A conference that nobody has opened']) }),
    ends: ['EachTold'],
  },
});

const variables = { announcementDuration: 'PT5M' };

example('Announce, then hang up', {
  'ends the conference when the announcement is over': {
    variables,
    steps: [fire('AnnouncementOver')],
    ends: ['ConferenceEnded'],
  },
  'ends the conference if the announcement cannot be played in time': {
    variables: { announcementUrl: '' },
    steps: [hasIncident('PlayAnnouncement'), fire('NotAnnounced')],
    ends: ['ConferenceEnded'],
  },
  'leaves the conference alone when Vobiz was busy for too long': {
    variables,
    steps: [
      waits('AnnouncementOver'), towards('BUSY'), fire('AnnouncementOver'),
      fails('HangUpConference'), pass('1 hour'),
    ],
    ends: ['NotHungUp'],
  },
});

// The rooms of this example have names of their own.
example('Clean up abandoned rooms', {
  'ends rooms that are left, and no others': {
    before: [open('Daily stand-up'), open('Support hotline'), leaves('Ada', 'Support hotline')],
    by: fire('EveryNight'),
    ends: ['LeftAlone', 'ConferenceEnded', 'CleanedUp'],
  },
  'gives up what cannot be ended in the night': {
    before: [
      open('Sales call'), towards('REFUSES', 'Sales call'),
      open('Support hotline'), towards('BUSY', 'Support hotline'),
    ],
    by: fire('EveryNight'),
    steps: [
      pass('5 minutes'), hasIncident('HangUpConference'), fails('HangUpConference'),
      pass('1 hour'), comesTo('NotHungUp'), fire('StandsStill'),
    ],
    ends: ['NotHungUp', 'GivenUp', 'CleanedUp'],
  },
});
