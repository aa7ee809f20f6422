import { levelLabels } from '../../../words/choices.ts'
import type { FieldTexts } from './field-text.ts'

const url = 'Enter a full URL, such as https://www.bls.gov.'

export const careerFields: FieldTexts = {
  title: { label: 'Title', help: 'The heading of the career page.' },
  summary: { label: 'Summary', help: 'The first paragraph of the career page.' },
  aliases: { label: 'Also called', help: 'Other names that visitors may search for.' },
  soc: {
    label: 'SOC codes',
    help: 'Standard Occupational Classification codes, such as 29-2072.',
    fault: 'Enter one code per line, such as 29-2072.',
  },
  onetSoc: {
    label: 'O*NET-SOC codes',
    help: 'Whose tasks and related careers these are, such as 29-1141.01. Blank: the whole occupations of the SOC codes.',
    fault: 'Enter one code per line, such as 29-1141.01.',
  },
  fieldsOfStudy: {
    label: 'Fields of study',
    help: 'Fields of study that lead to the career.',
    item: 'field of study',
    fields: {
      cip: { label: 'CIP code', help: 'Such as 51.0707.', fault: 'Enter a CIP code such as 51.0707.' },
      title: { label: 'Title', help: 'Such as Health Information Technology.' },
    },
  },
  facts: {
    label: 'Facts',
    help: 'Each fact with its period, place, and source.',
    item: 'fact',
    fields: {
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
          url: { label: 'URL', help: 'A link to the source.', fault: url },
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
    },
  },
  sections: {
    label: 'Sections',
    help: 'The text of the career page.',
    item: 'section',
    fields: {
      id: {
        label: 'Section ID',
        help: 'Used in links, such as daily-work.',
        fault: 'Enter an ID of lowercase letters, digits, and hyphens, such as daily-work.',
      },
      heading: { label: 'Heading', help: 'Shown above the text.' },
      body: { label: 'Text', help: 'Leave a blank line between paragraphs. Lines that begin with “- ” are a list.' },
    },
  },
  education: { label: 'Education requirements', help: 'What education the career requires.' },
  relatedCareers: {
    label: 'Related careers',
    help: 'Careers that may also interest the visitor.',
    item: 'related career',
    fields: {
      slug: { label: 'Career', help: 'The related career.', fault: 'Select a career.' },
      reason: { label: 'Reason', help: 'Why it is related, shown to visitors.' },
      tier: {
        label: 'O*NET tier',
        help: 'How closely O*NET relates it. Blank if it is not from O*NET.',
        choices: {
          'Primary-Short': 'Primary, 5 closest',
          'Primary-Long': 'Primary, 10 closest',
          Supplemental: 'Supplemental',
        },
      },
    },
  },
  degreeOptions: {
    label: 'Degree options',
    help: 'Degrees that lead to the career.',
    item: 'degree option',
    fields: {
      level: { label: 'Level', help: 'The degree or credential.', choices: levelLabels },
      label: { label: 'Label', help: 'Shown to visitors.' },
    },
  },
  attributions: {
    label: 'Attributions',
    help: 'Credits that a license requires, in addition to the sources of the facts.',
    item: 'attribution',
    fields: {
      name: { label: 'Credit', help: 'The text of the credit.' },
      url: { label: 'URL', help: 'A link for the credit.', fault: url },
    },
  },
}
