import { educationLabels } from '../../../words/choices.ts'
import type { FieldTexts } from './field-text.ts'

/** What staff read about the lead forms of advertising platforms. */
export const inboundFields: FieldTexts = {
  inbound: {
    label: 'Lead forms',
    help: 'Lead forms of an advertising platform whose leads come to this source by webhook.',
    fields: {
      vendor: { label: 'Platform', help: 'Who sends the leads.', choices: { google: 'Google Ads', meta: 'Meta' } },
      forms: {
        label: 'Forms',
        help: 'Leads of other forms are listed and not taken.',
        item: 'form',
        fields: {
          formId: { label: 'Form ID', help: 'The number of the form.', fault: 'Enter the number of the form.' },
          careerSlug: { label: 'Career', help: 'What the form is about.' },
          programId: { label: 'Program', help: 'Blank: all programs of the career.' },
          consentText: {
            label: 'Consent text',
            help: 'The text that the form shows, unchanged. It must name each school by its legal name.',
          },
          schoolsNamed: { label: 'Schools', help: 'The schools that the text names.' },
          disclaimerKey: {
            label: 'Consent box',
            help: 'Meta: the key of the box that visitors must check. Leads without the check are listed and not taken.',
          },
          highestLevel: {
            label: 'Education',
            help: 'If the form does not ask for it, because its text demands it. Otherwise map a question.',
            choices: educationLabels,
          },
          fields: {
            label: 'Questions',
            help: 'Questions with other names than the standard ones, or whose answers have other names.',
            item: 'question',
            fields: {
              column: { label: 'Question', help: 'Its ID or its text.' },
              fills: {
                label: 'Fills',
                help: 'Such as highestLevel, startWindow, answers.licensed or subIds.club.',
                fault: 'Enter a field such as highestLevel, or answers. and the ID of a question.',
              },
              values: {
                label: 'Answers',
                help: 'What an answer is called here. Other answers stay as they are.',
                item: 'answer',
                fields: {
                  answer: { label: 'In the form', help: 'Such as High school diploma.' },
                  value: { label: 'Here', help: 'Such as high-school-diploma.' },
                },
              },
            },
          },
        },
      },
    },
  },
  inboundKey: {
    label: 'Key of the lead forms',
    help: 'Google: the key of the webhook. Meta: the app secret. Needed for lead forms. It is never shown again. Blank: no change. After a change the old one is valid for 24 hours.',
    fault: 'Enter 16 to 50 letters, digits or signs without spaces.',
  },
  inboundVerifyToken: {
    label: 'Verify token',
    help: 'Meta: the verify token of the webhook. It is never shown again. Blank: no change.',
    fault: 'Enter at least 16 characters.',
  },
  inboundAccessToken: {
    label: 'Page access token',
    help: 'Meta: the token with which leads are read. It is never shown again. Blank: no change.',
    fault: 'Enter the token as Meta shows it.',
  },
}
