import { stateNames } from '../../../words/state-names.ts'

/** What staff read about one field of a record. */
export type FieldText = {
  label: string
  help: string
  /** What to enter, shown when the value is refused. Without it a general sentence is used. */
  fault?: string
  /** The name of one item of a list. */
  item?: string
  /** The label of each value that the API accepts. */
  choices?: { readonly [value: string]: string }
  /** Needed rarely: folded away while it is empty. */
  isAdvanced?: true
  /** The fields of the object, or of each item of the list, in all its variants. */
  fields?: FieldTexts
}
export type FieldTexts = { readonly [name: string]: FieldText }

export const activeOrPaused = { active: 'Active', paused: 'Paused' } as const

export const placeFields: FieldTexts = {
  city: { label: 'City', help: 'Such as Austin.' },
  state: { label: 'State', help: 'Where the city is.', choices: stateNames },
}

export const duplicateFields: FieldTexts = {
  keys: {
    label: 'Compare by',
    help: 'Which contact details make two leads the same person.',
    choices: {
      any: 'Email or phone',
      email: 'Email',
      phone: 'Phone',
      both: 'Email and phone',
      none: 'Do not check',
    },
  },
  windowDays: { label: 'Look back (days)', help: 'How far back to look for an earlier lead.' },
}

export const capPeriod: FieldText = {
  label: 'Period',
  help: 'When the count starts again.',
  choices: { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month', total: 'Total' },
}

const capFields: FieldTexts = {
  period: capPeriod,
  limit: {
    label: 'Limit',
    help: 'Leads, or cents if the unit is dollars. 0 blocks all leads.',
    fault: 'Enter a whole number (0 blocks all leads).',
  },
  unit: {
    label: 'Unit',
    help: 'Whether to count leads or what they cost.',
    choices: { leads: 'Leads', cents: 'Dollars' },
  },
  onReached: {
    label: 'When reached',
    help: 'What happens to further leads.',
    choices: { skip: 'Skip this campaign', park: 'Hold until reset', fallback: 'Use a fallback campaign' },
    fields: { fallback: { label: 'Fallback campaign', help: 'Takes the leads once the cap is reached.' } },
  },
  rules: {
    label: 'Only for leads that match',
    help: 'Counts and stops only these leads. Leave empty for all leads.',
    isAdvanced: true,
  },
  id: {
    label: 'Cap ID',
    help: 'Needed only if two caps have the same period and unit.',
    isAdvanced: true,
    fault: 'Enter an ID that no other cap with this period and unit has.',
  },
}

export const capsText: FieldText = {
  label: 'Caps',
  help: 'Limits on the number or cost of leads.',
  item: 'cap',
  fields: capFields,
}

export const weekdayNames = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
}

export const openingHours: FieldText = {
  label: 'Opening hours',
  help: 'Add one entry for days with the same hours.',
  item: 'opening hours',
  fault: 'Add opening hours.',
  fields: {
    days: {
      label: 'Days',
      help: 'Days with these hours.',
      fault: 'Select at least one day.',
      choices: weekdayNames,
    },
    from: { label: 'From', help: '24-hour time, such as 09:00.', fault: 'Enter a time such as 09:00.' },
    to: { label: 'To', help: '24-hour time, such as 17:30.', fault: 'Enter a later time, such as 17:30.' },
  },
}
const sourceUrl = 'Enter a full URL, such as https://www.bls.gov.'

/** A figure with its source, of a career, program or school. */
export const factFields: FieldTexts = {
  metric: { label: 'Metric', help: 'What was measured, such as annual_salary.' },
  label: { label: 'Label', help: 'Shown to visitors.' },
  value: { label: 'Value', help: 'A number, or text such as “High school diploma”.' },
  unit: { label: 'Unit', help: 'Such as USD or percent. Blank if the value is text.' },
  statistic: { label: 'Statistic', help: 'Such as mean, median, or projected change.' },
  period: { label: 'Period', help: 'Such as May 2025 or 2024 to 2034.' },
  geography: { label: 'Place', help: 'Such as United States or Texas.' },
  source: {
    label: 'Source',
    help: 'The publisher of the fact.',
    fields: {
      name: { label: 'Name', help: 'Such as U.S. Bureau of Labor Statistics.' },
      url: { label: 'URL', help: 'A link to the source.', fault: sourceUrl },
    },
  },
  asOf: {
    label: 'Published on (UTC)',
    help: 'Such as 2026-05-01T00:00:00Z.',
    fault: 'Enter a date and time such as 2026-05-01T00:00:00Z.',
  },
  expiresAt: {
    label: 'Out of date after (UTC)',
    help: 'Such as 2027-05-01T00:00:00Z.',
    fault: 'Enter a date and time such as 2027-05-01T00:00:00Z.',
  },
  note: { label: 'Note', help: 'What a reader must know, such as whom the figure counts.' },
}

export const markupHelp =
  'Leave a blank line between paragraphs. Lines that begin with “- ” or “1. ” are a list. *emphasis*, **strong**, [link](https://...).'
