// The examples that ask people: each to each of its ends.
import { usePlayground } from '../hands.mjs';
import { comesTo, complete, example, fails, fire, leaves, open, pass, publish, towards, towardsAll, waits } from '../examples.mjs';

usePlayground();

example('Limit the duration', {
  'ends the conference when there is no more time': {
    steps: [fire('TimeLimit'), complete('FiveMoreMinutes', {})],
    ends: ['ConferenceEnded'],
  },
  'gives more time, and ends the conference when nobody answers': {
    steps: [
      fire('TimeLimit'), complete('FiveMoreMinutes', { 'Give five more minutes': true }),
      fire('ExtraTime'), fire('NoAnswer'),
    ],
    ends: ['ConferenceEnded'],
  },
  'leaves the conference alone when Vobiz was busy for too long': {
    before: [towards('BUSY')],
    steps: [fire('TimeLimit'), complete('FiveMoreMinutes', {}), fails('HangUpConference'), pass('15 minutes')],
    ends: ['NotHungUp'],
  },
  'has nothing to do when the meeting ends by itself': {
    variables: (conference) => ({ conferenceName: conference, meetingId: conference }),
    steps: [publish('MeetingEnded')],
    ends: ['EndedByItself'],
  },
});

const END_IT = { 'End it for everybody': true, Reason: 'Time is up' };

example('Look, then decide', {
  'ends the conference when a person says so': { steps: [complete('Decide', END_IT)], ends: ['ConferenceEnded'] },
  'lets the conference go on when a person says so': {
    steps: [complete('Decide', { 'Let it go on': true })],
    ends: ['GoesOn'],
  },
  'does nothing when nobody decides': { steps: [fire('NoDecision')], ends: ['NotDecided'] },
  'sees that the conference has ended meanwhile': {
    steps: [waits('NoDecision'), leaves('Ada'), leaves('Grace'), complete('Decide', END_IT)],
    ends: ['AlreadyGone'],
  },
  'asks even if there was no look, and leaves the conference alone when Vobiz was busy for too long': {
    before: [towards('BUSY')],
    steps: [
      fails('LookUpConference'), fire('NotLookedUp'),
      complete('Decide', END_IT), fails('HangUpConference'), pass('1 hour'),
    ],
    ends: ['NotHungUp'],
  },
});

const YES = { 'Yes, end it for everybody': true, Reason: 'Time is up' };

example('Moderator confirms first', {
  'ends the conference once that is confirmed': { steps: [complete('ConfirmHangUp', YES)], ends: ['ConferenceEnded'] },
  'lets the conference go on when that is not confirmed': { steps: [complete('ConfirmHangUp', {})], ends: ['GoesOn'] },
  'does nothing when nobody answers': { steps: [fire('NoAnswer')], ends: ['NotConfirmed'] },
  'sees that the conference has ended already': {
    closed: true,
    steps: [complete('ConfirmHangUp', YES)],
    ends: ['AlreadyGone'],
  },
  'leaves the conference alone when Vobiz was busy for too long': {
    before: [towards('BUSY')],
    steps: [complete('ConfirmHangUp', YES), fails('HangUpConference'), pass('1 hour')],
    ends: ['NotHungUp'],
  },
});

const name = (memberId, mode) => (conference) =>
  complete('NameMember', { 'Conference name': conference, 'Member id': memberId, [mode]: true })();

const nothing = () => ({});

example('Remove one member', {
  'takes a member out of the conference': {
    variables: nothing,
    steps: [name('1', 'They leave the conference')],
    ends: ['Kicked', 'MemberRemoved'],
  },
  'ends the call of a member': {
    variables: nothing,
    steps: [name('2', 'Their call ends')],
    ends: ['HungUp', 'MemberRemoved'],
  },
  'sees that there is no such member': {
    variables: nothing,
    steps: [name('99', 'They leave the conference')],
    ends: ['AlreadyGone'],
  },
  'removes nobody when Vobiz was busy for too long': {
    variables: nothing,
    before: [towards('BUSY')],
    steps: [name('1', 'They leave the conference'), fails('KickMember'), pass('15 minutes')],
    ends: ['NotRemoved'],
  },
});

const request = complete('Request', {
  Account: 'default', 'Auth id of this account': 'MA_1', Reason: 'The telephone system is replaced', 'Your name': 'Ada',
});
const agree = complete('Confirm', { 'Yes, end every conference': true, 'Your name': 'Grace' });

example('Hang up all for maintenance', {
  'ends nothing when the second person does not agree': {
    variables: nothing,
    steps: [request, complete('Confirm', {})],
    ends: ['GoesOn'],
  },
  'ends nothing when the second person does not answer': {
    variables: nothing,
    steps: [request, fire('NoAnswer')],
    ends: ['NotConfirmed'],
  },
  'ends nothing when Vobiz was busy for too long': {
    variables: nothing,
    before: [towardsAll('BUSY')],
    steps: [request, agree, fails('HangUpAllConferences'), pass('5 minutes')],
    ends: ['NotEnded'],
  },
  'ends every conference when a second person agrees': {
    variables: nothing,
    // All includes the two that are open from the start: whoever comes next finds them.
    steps: [request, agree, comesTo('AllEnded'), open('Team meeting'), open('Book club')],
    ends: ['AllEnded'],
  },
});
