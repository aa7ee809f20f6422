import { levelLabels, modalityLabels } from '../../../words/choices.ts'
import { stateNames } from '../../../words/state-names.ts'
import { type FieldTexts, factFields, markupHelp, placeFields } from './field-text.ts'

const url = 'Enter a full URL, such as https://college.example.'
const instant = 'Enter a date and time such as 2026-08-01T00:00:00Z.'

export const programFields: FieldTexts = {
  name: { label: 'Name', help: 'Shown to visitors.' },
  schoolId: { label: 'School', help: 'The school that offers the program.', fault: 'Select a school.' },
  careerSlugs: {
    label: 'Careers',
    help: 'The career pages that list the program.',
    fault: 'Select at least one career.',
  },
  level: { label: 'Level', help: 'The degree or credential.', choices: levelLabels },
  modality: { label: 'Format', help: 'How the program is taught.', choices: modalityLabels },
  tuition: {
    label: 'Tuition',
    help: 'The price before financial aid, shown in listings.',
    fields: {
      cents: { label: 'Price (cents)', help: 'Such as 1250000 for $12,500.', fault: 'Enter a whole number of cents.' },
      per: {
        label: 'Per',
        help: 'What the price pays for.',
        choices: { program: 'Program', year: 'Year', term: 'Term', credit: 'Credit' },
      },
      asOf: { label: 'Confirmed on (UTC)', help: 'When the price was last confirmed.', fault: instant },
      source: {
        label: 'Source',
        help: 'Who says so.',
        fields: {
          name: { label: 'Name', help: 'Such as Catalog 2026-27.' },
          url: { label: 'URL', help: 'A link to the source.', fault: url },
        },
      },
    },
  },
  length: {
    label: 'Length',
    help: 'How long the program takes full time.',
    fields: {
      count: { label: 'Number', help: 'From 1 to 120.', fault: 'Enter a whole number from 1 to 120.' },
      unit: {
        label: 'Unit',
        help: 'Weeks, months, or years.',
        choices: { weeks: 'Weeks', months: 'Months', years: 'Years' },
      },
    },
  },
  place: {
    label: 'Campus',
    help: 'Where it is taught. Leave it out to show the place of the school.',
    fields: placeFields,
  },
  description: { label: 'Description', help: markupHelp },
  curriculum: { label: 'Curriculum', help: 'Courses, credits, and internships.' },
  prerequisites: { label: 'Prerequisites', help: 'What applicants must have or know.' },
  financialAid: { label: 'Financial aid', help: 'Aid that students can apply for.' },
  startDates: {
    label: 'Start dates',
    help: 'Such as 2026-08-24. Pages leave out those that have passed.',
    fault: 'Enter one date per line, such as 2026-08-24.',
  },
  url: { label: 'Program page', help: 'Its page at the school.', fault: url },
  cip: { label: 'CIP code', help: 'Field of study, such as 51.0707.', fault: 'Enter a CIP code such as 51.0707.' },
  facts: {
    label: 'Facts',
    help: 'Figures of the program, each with its source.',
    item: 'fact',
    fields: factFields,
  },
  contentSource: {
    label: 'Source of the texts',
    help: 'Where the texts of the page come from.',
    fields: {
      name: { label: 'Name', help: 'Such as the catalog of the school.' },
      url: { label: 'URL', help: 'A link to it.', fault: url },
      asOf: { label: 'Confirmed on (UTC)', help: 'When the texts were last confirmed.', fault: instant },
    },
  },
  states: { label: 'States', help: 'Where the program is offered. Select none for everywhere.', choices: stateNames },
  sponsored: { label: 'Sponsored', help: 'The school pays to be listed.' },
  rank: { label: 'Listing position', help: 'Programs with the lowest number come first.' },
  questions: {
    label: 'Questions',
    help: 'Asked in the form before the visitor agrees.',
    item: 'question',
    fields: {
      kind: {
        label: 'Type',
        help: 'How visitors answer.',
        choices: {
          text: 'Text',
          number: 'Number',
          choice: 'One choice',
          'multi-choice': 'Several choices',
          date: 'Date',
          'yes-no': 'Yes or no',
        },
      },
      id: {
        label: 'Question ID',
        help: 'Used in rules and webhooks, such as gradYear.',
        fault: 'Enter an ID that starts with a lowercase letter and has only letters, digits, and _.',
      },
      label: { label: 'Question', help: 'As visitors read it.' },
      help: { label: 'Help text', help: 'Shown below the question.' },
      required: { label: 'Required', help: 'Visitors must answer.' },
      rules: { label: 'Qualifying answers', help: 'Answers that don’t match exclude the program.' },
      maxLength: { label: 'Maximum length', help: 'In characters.' },
      min: { label: 'Minimum', help: 'The lowest number allowed.' },
      max: { label: 'Maximum', help: 'The highest number allowed.' },
      options: {
        label: 'Choices',
        help: 'The answers that visitors choose from.',
        item: 'choice',
        fault: 'Add at least two different choices.',
        fields: {
          value: { label: 'Value', help: 'Sent to the school.' },
          label: { label: 'Label', help: 'Shown to visitors.' },
        },
      },
    },
  },
}
