import type * as z from 'zod'
import type { program } from '#shared/domain/catalog/program.ts'
import { questions } from '../questions.ts'

/** Programs of the schools in Texas. */
export const texas: { id: string; body: z.input<typeof program> }[] = [
  {
    id: 'lone-prairie-hit-associate',
    body: {
      schoolId: 'lone-prairie-college',
      name: 'Associate of Applied Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      modality: 'hybrid',
      states: ['TX'],
      rank: 100,
    },
  },
  {
    id: 'lone-prairie-coding-certificate',
    body: {
      schoolId: 'lone-prairie-college',
      name: 'Online Certificate in Medical Coding',
      careerSlugs: ['medical-coding-specialist', 'health-record-technician'],
      level: 'certificate',
      modality: 'online',
      rank: 260,
    },
  },
  {
    id: 'mesquite-bend-hit-associate',
    body: {
      schoolId: 'mesquite-bend-college',
      name: 'Associate of Science in Health Information Technology',
      careerSlugs: ['health-record-technician'],
      level: 'associate',
      modality: 'campus',
      states: ['TX'],
      questions: [questions.motivation],
      rank: 140,
    },
  },
  {
    id: 'mesquite-bend-records-certificate',
    body: {
      schoolId: 'mesquite-bend-college',
      name: 'Certificate in Electronic Health Records',
      careerSlugs: ['health-record-technician'],
      level: 'certificate',
      modality: 'hybrid',
      states: ['TX', 'OK'],
      sponsored: false,
      rank: 620,
    },
  },
  {
    id: 'bluebonnet-hollow-coding-diploma',
    body: {
      schoolId: 'bluebonnet-hollow-institute',
      name: 'Diploma in Medical Records and Coding',
      careerSlugs: ['health-record-technician', 'medical-coding-specialist'],
      level: 'diploma',
      modality: 'campus',
      states: ['TX'],
      rank: 180,
    },
  },
  {
    id: 'pecan-ferry-him-bachelor',
    body: {
      schoolId: 'pecan-ferry-university',
      name: 'Bachelor of Science in Health Information Management',
      careerSlugs: ['health-record-technician', 'medical-services-manager'],
      level: 'bachelor',
      modality: 'online',
      rank: 220,
    },
  },
  {
    id: 'pecan-ferry-health-administration-master',
    body: {
      schoolId: 'pecan-ferry-university',
      name: 'Master of Health Administration',
      careerSlugs: ['medical-services-manager'],
      level: 'master',
      modality: 'hybrid',
      states: ['TX', 'LA', 'NM', 'OK'],
      questions: [questions.gpa, questions.classTime],
      rank: 420,
    },
  },
  {
    id: 'pecan-ferry-database-bachelor',
    body: {
      schoolId: 'pecan-ferry-university',
      name: 'Bachelor of Science in Database Systems',
      careerSlugs: ['database-administrator'],
      level: 'bachelor',
      modality: 'campus',
      states: ['TX'],
      sponsored: false,
      rank: 660,
    },
  },
]
