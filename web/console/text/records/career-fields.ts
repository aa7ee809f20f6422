import { levelLabels } from '../../../words/choices.ts'
import { type FieldTexts, factFields, markupHelp } from './field-text.ts'

const url = 'Enter a full URL, such as https://www.bls.gov.'

export const careerFields: FieldTexts = {
  title: { label: 'Title', help: 'The heading of the career page.' },
  summary: { label: 'Summary', help: 'The first paragraph of the career page.' },
  aliases: { label: 'Also called', help: 'Other names that visitors may search for.' },
  subject: {
    label: 'Subject',
    help: 'What its schools teach, if it has another name, such as Electronic Medical Records.',
  },
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
      ...factFields,
      careerSlug: {
        label: 'About career',
        help: 'The career that the figure is about, if it is another one. The page links to it.',
        fault: 'Select a career.',
      },
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
      body: { label: 'Text', help: markupHelp },
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
  relatedArticles: {
    label: 'Related articles',
    help: 'Further reading for visitors.',
    item: 'article',
    fields: {
      title: { label: 'Title', help: 'Shown to visitors.' },
      url: { label: 'URL', help: 'The address of the article.', fault: url },
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
