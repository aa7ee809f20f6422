import type * as z from 'zod'
import type { program } from '#shared/domain/catalog/program.ts'
import type { school } from '#shared/domain/catalog/school.ts'

type ProgramInput = z.input<typeof program>
type SchoolInput = z.input<typeof school>

/** Courses that the fictional programs of a career have in common. */
const courses: { readonly [careerSlug: string]: readonly string[] } = {
  'health-record-technician': [
    'Medical terminology and anatomy',
    'Electronic health records and the systems that they run on',
    'Coding of diagnoses and procedures',
    'Health insurance and claims',
    'Privacy law, ethics, and information security',
  ],
  'medical-coding-specialist': [
    'Medical terminology and anatomy',
    'ICD-10-CM, ICD-10-PCS, and CPT coding',
    'Claims, denials, and reimbursement',
    'Coding practice with real-looking charts',
  ],
  'cancer-registrar': [
    'Cancer registry structure and management',
    'Staging and abstracting of cases',
    'Follow-up, data quality, and statistics',
  ],
  'database-administrator': [
    'Relational databases and SQL',
    'Backup, recovery, and tuning',
    'Security and access control',
    'Cloud platforms and scripting',
  ],
  'medical-services-manager': [
    'Health care finance and budgets',
    'Staffing and leadership',
    'Health law and ethics',
    'Quality, data, and health information systems',
  ],
}

const prerequisites: { readonly [level in ProgramInput['level']]: string } = {
  certificate: 'A high school diploma or GED. No earlier college work is needed.',
  diploma: 'A high school diploma or GED, and an interview with an adviser.',
  associate:
    'A high school diploma or GED, and placement in college reading and math. Applicants who are not ready yet take a preparatory course first.',
  bachelor: 'A high school diploma or GED, or transfer credits with a grade of C or better.',
  master: 'A bachelor’s degree in any field, two references, and a short essay. Work in health care helps.',
  doctorate: 'A master’s degree, a writing sample, and an interview.',
}

const federalAid =
  'Students of this school can apply for federal aid with the **FAFSA**: grants such as the Pell Grant, work-study, and loans. State grants and the scholarships of the school come in addition.'
const otherAid =
  'This school does not take part in federal student aid. It offers monthly payment plans, and employers often pay part of the tuition.'

const startDates = ['2027-01-11', '2027-05-17', '2027-08-23', '2028-01-10', '2028-05-15', '2028-08-21']
const asOf = '2026-08-01T00:00:00Z'

/** Adds what the page of a fictional program shows. All of it is invented, as the school is. */
export function addProgramContent(body: ProgramInput, { name, titleIv = true }: SchoolInput): ProgramInput {
  const { schoolId, careerSlugs, level, tuition } = body
  const catalog = { name: `${name}, catalog 2026-27`, url: `https://${schoolId}.example/catalog` }
  const listedCourses = careerSlugs.flatMap((slug) => courses[slug] ?? [])
  return {
    ...body,
    ...(tuition && { tuition: { ...tuition, asOf, source: catalog } }),
    description: `*${body.name}* is taught by working professionals, in classes of at most 24 students, with an adviser from the first day to the job search.`,
    curriculum: `You study:\n\n${[...new Set(listedCourses)].map((course) => `- ${course}`).join('\n')}\n\nThe last term has a supervised project or practicum.`,
    prerequisites: prerequisites[level],
    financialAid: titleIv ? federalAid : otherAid,
    startDates: [...startDates],
    url: `https://${schoolId}.example/programs`,
    contentSource: { ...catalog, asOf },
  }
}

/** Adds what pages of its programs show about a fictional school. */
export function addSchoolContent(id: string, body: SchoolInput): SchoolInput {
  return {
    ...body,
    url: `https://${id}.example/`,
    accreditation: [
      { name: 'Sample Council for College Accreditation (fictional)', url: 'https://accreditor.example/', asOf },
    ],
  }
}
