import type * as z from 'zod'
import type { program } from '#shared/domain/catalog/program.ts'
import { questions } from '../questions.ts'

/** Programs of the schools in Ohio. */
export const ohio: { id: string; body: z.input<typeof program> }[] = [
  {
    id: 'buckthorn-valley-hit-associate',
    body: {
      schoolId: 'buckthorn-valley-college',
      name: 'Associate of Applied Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 647000, per: 'year' },
      length: { count: 2, unit: 'years' },
      modality: 'hybrid',
      states: ['IN', 'KY', 'OH'],
      rank: 130,
    },
  },
  {
    id: 'buckthorn-valley-registry-certificate',
    body: {
      schoolId: 'buckthorn-valley-college',
      name: 'Online Certificate in Cancer Registry Practice',
      careerSlugs: ['cancer-registrar'],
      level: 'certificate',
      tuition: { cents: 526000, per: 'program' },
      length: { count: 6, unit: 'months' },
      modality: 'online',
      rank: 460,
    },
  },
  {
    id: 'millstone-creek-hit-associate',
    body: {
      schoolId: 'millstone-creek-college',
      name: 'Associate of Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      tuition: { cents: 1503000, per: 'program' },
      length: { count: 2, unit: 'years' },
      modality: 'campus',
      states: ['OH'],
      rank: 170,
    },
  },
  {
    id: 'millstone-creek-coding-certificate',
    body: {
      schoolId: 'millstone-creek-college',
      name: 'Certificate in Medical Coding',
      careerSlugs: ['medical-coding-specialist', 'health-record-technician'],
      level: 'certificate',
      tuition: { cents: 600000, per: 'program' },
      length: { count: 9, unit: 'months' },
      modality: 'hybrid',
      states: ['OH'],
      sponsored: false,
      rank: 640,
    },
  },
  {
    id: 'canal-lock-records-certificate',
    body: {
      schoolId: 'canal-lock-career-college',
      name: 'Certificate in Health Records and Coding',
      careerSlugs: ['health-record-technician', 'medical-coding-specialist'],
      level: 'certificate',
      tuition: { cents: 637000, per: 'program' },
      length: { count: 12, unit: 'months' },
      modality: 'campus',
      states: ['OH'],
      rank: 210,
    },
  },
  {
    id: 'three-sycamores-him-bachelor',
    body: {
      schoolId: 'three-sycamores-university',
      name: 'Bachelor of Science in Health Information Management',
      careerSlugs: ['health-record-technician', 'medical-services-manager'],
      level: 'bachelor',
      tuition: { cents: 4034000, per: 'program' },
      length: { count: 4, unit: 'years' },
      modality: 'hybrid',
      states: ['MI', 'OH', 'PA'],
      rank: 230,
    },
  },
  {
    id: 'three-sycamores-health-administration-master',
    body: {
      schoolId: 'three-sycamores-university',
      name: 'Online Master of Health Administration',
      careerSlugs: ['medical-services-manager'],
      level: 'master',
      tuition: { cents: 2991000, per: 'program' },
      length: { count: 2, unit: 'years' },
      modality: 'online',
      questions: [questions.holdsBachelor],
      rank: 500,
    },
  },
]
