import type * as z from 'zod'
import type { career } from '#shared/domain/catalog/career.ts'
import { bls } from '../bls.ts'

export const medicalCodingSpecialist: { id: string; body: z.input<typeof career> } = {
  id: 'medical-coding-specialist',
  body: {
    title: 'Medical Coding Specialist',
    summary:
      'Medical coding specialists are translators. A doctor writes what was wrong and what was done; the coder says it again in the standard codes that insurers and researchers everywhere understand.',
    soc: ['29-2072'],
    aliases: ['Medical Coder', 'Coding Specialist'],
    facts: [
      {
        metric: 'key-responsibilities',
        label: 'Key responsibilities',
        value: 'Classifying diagnoses and procedures in the health care industry’s numerical coding systems',
        ...bls.classificationOf2018,
      },
    ],
    sections: [
      {
        id: 'what-is-it',
        heading: 'What does a medical coding specialist do?',
        body: 'You read a patient’s chart, pick out each diagnosis and each procedure, and find the code that fits it exactly. One digit off and a claim comes back unpaid, or a patient’s history says something that never happened. When the chart leaves room for doubt you do not guess: you ask.',
      },
      {
        id: 'education',
        heading: 'How do I prepare?',
        body: 'A certificate or diploma in medical coding is the quickest way in, and it teaches what you need first: anatomy, the language of medicine, and the code sets themselves. An associate degree in health information technology takes longer and keeps more doors open. The codes are revised every year, so whichever you choose, expect to keep learning.',
      },
    ],
    education:
      'A certificate or diploma in medical coding is a common start; an associate degree gives you more to build on.',
    relatedCareers: [
      {
        slug: 'health-record-technician',
        reason: 'Coding is one part of the larger task of keeping a record whole, correct and private.',
      },
      {
        slug: 'cancer-registrar',
        reason: 'It rewards the same patient reading of charts, with one disease and its whole course in view.',
      },
    ],
    degreeOptions: [
      { level: 'certificate', label: 'Certificate in medical coding' },
      { level: 'diploma', label: 'Diploma in medical coding and records' },
      { level: 'associate', label: 'Associate degree in health information technology' },
    ],
  },
}
