import type * as z from 'zod'
import type { program } from '#shared/domain/catalog/program.ts'
import { questions } from '../questions.ts'

/** Programs of the schools in California. */
export const california: { id: string; body: z.input<typeof program> }[] = [
  {
    id: 'sierra-lantern-hit-associate',
    body: {
      schoolId: 'sierra-lantern-university',
      name: 'Online Associate of Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 621000, per: 'year' },
      length: { count: 2, unit: 'years' },
      modality: 'online',
      states: ['AZ', 'CA', 'NV', 'OR', 'WA'],
      rank: 110,
    },
  },
  {
    id: 'sierra-lantern-health-administration-bachelor',
    body: {
      schoolId: 'sierra-lantern-university',
      name: 'Bachelor of Science in Health Administration',
      careerSlugs: ['medical-services-manager'],
      level: 'bachelor',
      tuition: { cents: 3914000, per: 'program' },
      length: { count: 4, unit: 'years' },
      modality: 'online',
      rank: 320,
    },
  },
  {
    id: 'manzanita-ridge-hit-associate',
    body: {
      schoolId: 'manzanita-ridge-college',
      name: 'Associate of Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 1531000, per: 'program' },
      length: { count: 20, unit: 'months' },
      modality: 'campus',
      states: ['CA'],
      rank: 150,
    },
  },
  {
    id: 'manzanita-ridge-coding-certificate',
    body: {
      schoolId: 'manzanita-ridge-college',
      name: 'Evening Certificate in Medical Coding',
      careerSlugs: ['medical-coding-specialist', 'health-record-technician'],
      level: 'certificate',
      tuition: { cents: 628000, per: 'program' },
      length: { count: 9, unit: 'months' },
      modality: 'hybrid',
      states: ['CA'],
      rank: 340,
    },
  },
  {
    id: 'golden-poppy-hit-associate',
    body: {
      schoolId: 'golden-poppy-health-college',
      name: 'Associate of Applied Science in Health Records and Information',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 665000, per: 'year' },
      length: { count: 2, unit: 'years' },
      modality: 'hybrid',
      states: ['CA'],
      rank: 190,
    },
  },
  {
    id: 'golden-poppy-registry-certificate',
    body: {
      schoolId: 'golden-poppy-health-college',
      name: 'Online Certificate in Cancer Registry Management',
      careerSlugs: ['cancer-registrar'],
      level: 'certificate',
      tuition: { cents: 702000, per: 'program' },
      length: { count: 6, unit: 'months' },
      modality: 'online',
      rank: 360,
    },
  },
  {
    id: 'saltmarsh-bay-him-bachelor',
    body: {
      schoolId: 'saltmarsh-bay-university',
      name: 'Bachelor of Science in Health Information Management',
      careerSlugs: ['health-record-technician', 'medical-services-manager'],
      level: 'bachelor',
      tuition: { cents: 38500, per: 'credit' },
      length: { count: 4, unit: 'years' },
      modality: 'hybrid',
      states: ['CA'],
      questions: [questions.classTime, questions.hasCredits],
      rank: 380,
    },
  },
  {
    id: 'saltmarsh-bay-records-certificate',
    body: {
      schoolId: 'saltmarsh-bay-university',
      name: 'Online Certificate in Electronic Health Records',
      careerSlugs: ['health-record-technician'],
      level: 'certificate',
      length: { count: 9, unit: 'months' },
      modality: 'online',
      rank: 480,
    },
  },
  {
    id: 'saltmarsh-bay-database-bachelor',
    body: {
      schoolId: 'saltmarsh-bay-university',
      name: 'Bachelor of Science in Information Systems: Databases',
      careerSlugs: ['database-administrator'],
      level: 'bachelor',
      tuition: { cents: 42500, per: 'credit' },
      length: { count: 4, unit: 'years' },
      modality: 'online',
      rank: 300,
    },
  },
]
