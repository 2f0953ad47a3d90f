/** Presence that could not be seen, and what one may say about it. */
export const presence = {
  'outage.gap.answered': 'That was answered already.',
  'outage.gap.none': 'There is nothing to answer now. You are asked when an outage hid some of your time.',
  'outage.gap.ask': '{platform} was away from {from} to {to}. Did you keep focusing in “{room}”? What you say is marked as your own word.',
  'outage.gap.kept': 'I kept focusing',
  'outage.gap.counted': 'Counted: {time}, as you told it.',
  'outage.gap.nothing': 'No focus ran in that time, so there is nothing to count.',
  'outage.panel':
    'I could not see anyone for {time} just now. {bridged, select, yes {Whoever stayed has lost nothing.} other {Whoever it affects was asked.}}',
  'outage.credit': 'Count it for all',
  'outage.credit.offer': '{count, plural, one {One person was} other {# people were}} here before and after an outage of {time}.',
  'outage.credit.done':
    '{name} counted {time} for {count, plural, one {one person} other {# people}} who were here before and after an outage.',
  'outage.credit.none': 'There is nobody left to count it for.',
  'outage.credit.forbidden': 'Only moderators can count an outage for everyone.',
  'presence.claim.over': 'Nothing is left to count: the hour is over, or it was said already.',
  'option.gap.about': 'The time that was missed',
  'option.outage.about': 'The outage',
  'command.focus.kept.summary': 'Count the time of an outage as your own word',
  'command.focus.credit.summary': 'Count an outage for everyone who was there',
} as const
