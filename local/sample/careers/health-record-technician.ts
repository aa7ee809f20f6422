import type * as z from 'zod'
import type { career } from '#shared/domain/catalog/career.ts'
import { bls } from '../bls.ts'

// Wages and growth were counted for 29-2071, which the classification of 2018 split into 29-2072 and 29-9021.
export const healthRecordTechnician: { id: string; body: z.input<typeof career> } = {
  id: 'health-record-technician',
  body: {
    title: 'Health Record Technician',
    summary:
      'Behind every good diagnosis is a record that someone kept well. Health record technicians are those people: they see to it that what happened to a patient is written down correctly, can be found again, and is read only by those who should read it. Here is what the job asks of you, what it has paid, and how to prepare for it.',
    subject: 'Electronic Medical Records',
    soc: ['29-2072', '29-9021'],
    aliases: ['Health Information Technician', 'Medical Records Technician', 'Medical Records Specialist'],
    facts: [
      // 29-2072, Medical Records Specialists: the larger of the two codes.
      {
        metric: 'median-annual-wage',
        label: 'Median annual wage',
        value: 50250,
        unit: 'USD',
        statistic: 'median',
        ...bls.wagesOfMay2024,
      },
      {
        metric: 'annual-wage-10th-percentile',
        label: '10th percentile of annual wages',
        value: 35780,
        unit: 'USD',
        statistic: '10th percentile',
        ...bls.wagesOfMay2024,
      },
      {
        metric: 'annual-wage-90th-percentile',
        label: '90th percentile of annual wages',
        value: 80950,
        unit: 'USD',
        statistic: '90th percentile',
        ...bls.wagesOfMay2024,
      },
      {
        metric: 'projected-job-growth',
        label: 'Projected job growth',
        value: 7.1,
        unit: 'percent',
        statistic: 'projected change',
        ...bls.projectionsTo2034,
      },
      {
        metric: 'typical-education',
        label: 'Typical education to start',
        value: 'Certificate or diploma after high school',
        statistic: 'typical requirement',
        ...bls.projectionsTo2034,
      },
      {
        metric: 'degree-required',
        label: 'Degree required',
        value: 'An associate degree is the common choice; a certificate can be enough',
        statistic: 'usual education',
        ...bls.handbookOf2016,
      },
      {
        metric: 'field-of-study',
        label: 'Field of study',
        value: 'Health information technology',
        statistic: 'usual field',
        ...bls.handbookOf2016,
      },
      {
        metric: 'key-responsibilities',
        label: 'Key responsibilities',
        value: 'Documenting patients’ medical information and keeping it stored safely',
        ...bls.classificationOf2018,
      },
      {
        metric: 'projected-job-growth',
        label: 'Job growth',
        value: 15,
        unit: 'percent',
        statistic: 'projected change',
        ...bls.projectionsTo2024,
      },
      {
        metric: 'mean-annual-wage',
        label: 'Average salary',
        value: 40430,
        unit: 'USD',
        ...bls.wagesOfMay2015,
      },
      {
        metric: 'mean-annual-wage-managers',
        label: 'Average salary of medical and health services managers',
        value: 106070,
        unit: 'USD',
        careerSlug: 'medical-services-manager',
        ...bls.wagesOfMay2015,
      },
    ],
    sections: [
      {
        id: 'what-is-it',
        heading: 'What does a health record technician do?',
        body: 'A visit to the doctor leaves a trail: symptoms, test results, a diagnosis, a treatment, a bill. Health record technicians turn that trail into a record that others can rely on. They enter it in an electronic system, sort it into the right registries and databases, and keep it out of the wrong hands. Hospitals study those records to learn how well they care for people, and insurers need them before they pay.\n\nYou will also see the job advertised as health information technician. With time, many people settle on one corner of it. *Medical coders* translate care into the codes that a bill is made of; *cancer registrars* follow the story of each tumor, often for years.',
      },
      {
        id: 'duties',
        heading: 'What does a typical day look like?',
        body: 'Expect to spend most of the day at a screen, and a fair part of it asking questions. Is this entry accurate and complete? Does it belong to this patient? Who may see it? When a note is out of date or hard to make sense of, you go and ask the nurse or the doctor who wrote it.\n\nPaper charts have been giving way to electronic ones for years, so typing in and checking data is a large share of the work. In many offices you would do some coding too: each procedure has a code of its own, and the claim that goes to the insurer is built from them.\n\nHospitals are the obvious place to do this, but family doctors, outpatient clinics and nursing homes keep records as well, and need people who keep them well.',
      },
      {
        id: 'education',
        heading: 'How do I prepare?',
        body: 'Most people in this work hold an associate degree, says the Bureau of Labor Statistics ([BLS](https://www.bls.gov/ooh/)). In health information technology it takes two years, with courses on:\n\n- the vocabulary of medicine, and anatomy\n- coding and medical transcription\n- health insurance\n- ethics and the law\n- electronic health records, computer systems, and how to keep them secure\n\nGraduates of a suitable program can go on to become a Registered Health Information Technician (RHIT), a credential of the American Health Information Management Association ([AHIMA](https://www.ahima.org/)).\n\nThere are shorter ways. A certificate in coding or in health information technology can be enough for a first job, and now and then an employer takes on a high school graduate who already knows the work.',
      },
      {
        id: 'salary-and-outlook',
        heading: 'What does it pay, and is the field growing?',
        body: 'The Bureau of Labor Statistics ([BLS](https://www.bls.gov/oes/tables.htm)) put the mean pay of this occupation at $40,430 a year in May 2015. A mean is pulled upward by the best paid, so a beginner should expect less. Those who go on to a bachelor’s degree in health information management can earn the credential Registered Health Information Administrator (RHIA) and move toward supervision: for medical and health services managers, the mean that year was $106,070.\n\nFor the ten years from 2014 to 2024 the Bureau expected 15 percent more of these jobs, well above what it expected of jobs in general, and it thought that people with a certification would find work most easily.\n\nThose figures have aged, and since then the occupation has been counted under two new headings. Read them as a picture of that time, and look up today’s numbers before you decide.',
      },
      {
        id: 'alternative-careers',
        heading: 'Related careers',
        body: 'If it is the software that holds your attention, consider database administration: the same care for order and secrecy, in any industry that you like. If you would rather lead people, a medical services manager runs a department or a whole facility and answers for its staff and its budget. Plan on a bachelor’s degree for both.\n\nThe degree options below lead to programs with their courses, prerequisites, and financial aid. Further reading is listed after them.',
      },
    ],
    education:
      'An associate degree in health information technology, about two years of study, is the common choice. Certificates take less time and can be enough to start; a bachelor’s degree in health information management leads toward supervision.',
    relatedCareers: [
      {
        slug: 'database-administrator',
        reason: 'You like the systems more than the paperwork, and would gladly work outside health care too.',
      },
      {
        slug: 'medical-services-manager',
        reason: 'You want to stay in health care and be the one who plans, hires and answers for the budget.',
      },
    ],
    relatedArticles: [
      {
        title: 'Medical Records Specialists (Occupational Outlook Handbook)',
        url: 'https://www.bls.gov/ooh/healthcare/medical-records-and-health-information-technicians.htm',
      },
      {
        title: 'Tasks and skills of Medical Records Specialists (O*NET OnLine)',
        url: 'https://www.onetonline.org/link/summary/29-2072.00',
      },
      { title: 'Credentials of the American Health Information Management Association', url: 'https://www.ahima.org/' },
    ],
    degreeOptions: [
      { level: 'certificate', label: 'Certificate in health information technology or medical coding' },
      { level: 'associate', label: 'Associate degree in health information technology' },
      { level: 'bachelor', label: 'Bachelor’s degree in health information management' },
    ],
  },
}
