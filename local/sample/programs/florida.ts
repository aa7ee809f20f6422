import type * as z from 'zod'
import type { program } from '#shared/domain/catalog/program.ts'
import { questions } from '../questions.ts'

/** Programs of the schools in Florida. */
export const florida: { id: string; body: z.input<typeof program> }[] = [
  {
    id: 'heron-key-hit-associate',
    body: {
      schoolId: 'heron-key-college',
      name: 'Associate of Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 1480000, per: 'program' },
      length: { count: 2, unit: 'years' },
      modality: 'hybrid',
      states: ['FL', 'GA'],
      rank: 120,
    },
  },
  {
    id: 'heron-key-coding-certificate',
    body: {
      schoolId: 'heron-key-college',
      name: 'Online Certificate in Medical Coding and Billing',
      careerSlugs: ['medical-coding-specialist', 'health-record-technician'],
      level: 'certificate',
      tuition: { cents: 577000, per: 'program' },
      length: { count: 10, unit: 'months' },
      modality: 'online',
      rank: 280,
    },
  },
  {
    id: 'egret-harbor-hit-associate',
    body: {
      schoolId: 'egret-harbor-technical-college',
      name: 'Associate of Applied Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 1554000, per: 'program' },
      length: { count: 20, unit: 'months' },
      modality: 'campus',
      states: ['FL'],
      rank: 160,
    },
  },
  {
    id: 'egret-harbor-registry-associate',
    body: {
      schoolId: 'egret-harbor-technical-college',
      name: 'Associate of Science in Cancer Data Management',
      careerSlugs: ['cancer-registrar', 'health-record-technician'],
      level: 'associate',
      tuition: { cents: 753000, per: 'year' },
      length: { count: 2, unit: 'years' },
      modality: 'hybrid',
      states: ['AL', 'FL', 'GA'],
      questions: [questions.interests, questions.visitOn],
      rank: 440,
    },
  },
  {
    id: 'mangrove-point-records-diploma',
    body: {
      schoolId: 'mangrove-point-institute',
      name: 'Diploma in Health Records',
      careerSlugs: ['health-record-technician'],
      level: 'diploma',
      tuition: { cents: 1188000, per: 'program' },
      length: { count: 12, unit: 'months' },
      modality: 'campus',
      states: ['FL'],
      rank: 200,
    },
  },
  {
    id: 'coquina-shore-him-bachelor',
    body: {
      schoolId: 'coquina-shore-university',
      name: 'Bachelor of Science in Health Information Management',
      careerSlugs: ['health-record-technician', 'medical-services-manager'],
      level: 'bachelor',
      tuition: { cents: 34500, per: 'credit' },
      length: { count: 4, unit: 'years' },
      modality: 'online',
      questions: [questions.gpa],
      rank: 240,
    },
  },
  {
    id: 'coquina-shore-data-bachelor',
    body: {
      schoolId: 'coquina-shore-university',
      name: 'Bachelor of Science in Data Administration',
      careerSlugs: ['database-administrator'],
      level: 'bachelor',
      length: { count: 4, unit: 'years' },
      modality: 'online',
      rank: 400,
    },
  },
]
