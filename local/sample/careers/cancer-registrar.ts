import type * as z from 'zod'
import type { career } from '#shared/domain/catalog/career.ts'
import { bls } from '../bls.ts'

export const cancerRegistrar: { id: string; body: z.input<typeof career> } = {
  id: 'cancer-registrar',
  body: {
    title: 'Cancer Registrar',
    summary:
      'A cancer registrar keeps count so that others can make progress. From the first biopsy to the check-up ten years on, registrars gather what happened to each patient, and researchers learn from it what helps.',
    soc: ['29-9021'],
    aliases: ['Tumor Registrar', 'Cancer Data Specialist'],
    facts: [
      {
        metric: 'key-responsibilities',
        label: 'Key responsibilities',
        value: 'Collecting, summarizing and analyzing how patients were treated and how they fared afterward',
        ...bls.classificationOf2018,
      },
    ],
    sections: [
      {
        id: 'what-is-it',
        heading: 'What does a cancer registrar do?',
        body: 'You look through pathology reports and charts for new cases, sum each one up in a form that every registry shares, and then keep following it: treatment, remission, return. Your hospital uses the result to compare its care with that of others, and public health offices use it to see where cancer is rising. Few desk jobs have a longer reach.',
      },
      {
        id: 'education',
        heading: 'How do I prepare?',
        body: 'Study health information with a good deal of anatomy and biology, or take a program made for cancer registry work. People who already code or keep health records often move into it through a certificate. You will want patience, a taste for puzzles, and some steadiness: the stories in these records are not all happy ones.',
      },
    ],
    education:
      'A cancer registry certificate or an associate degree that covers anatomy and health records will prepare you.',
    relatedCareers: [
      {
        slug: 'health-record-technician',
        reason: 'The broader occupation that registry work grows out of, with openings in far more places.',
      },
      {
        slug: 'medical-coding-specialist',
        reason: 'The same close reading of charts, in the service of billing rather than research.',
      },
    ],
    degreeOptions: [
      { level: 'certificate', label: 'Certificate in cancer registry management' },
      { level: 'associate', label: 'Associate degree in cancer data or health information' },
    ],
  },
}
