import type * as z from 'zod'
import type { career } from '#shared/domain/catalog/career.ts'
import { bls } from '../bls.ts'

export const databaseAdministrator: { id: string; body: z.input<typeof career> } = {
  id: 'database-administrator',
  body: {
    title: 'Database Administrator',
    summary:
      'A database administrator looks after the place where an organization keeps what it knows. When all goes well, no one notices; when it does not, everyone does. It is a job for people who like order, think ahead and stay calm.',
    soc: ['15-1242'],
    aliases: ['DBA', 'Database Manager'],
    facts: [
      {
        metric: 'degree-required',
        label: 'Degree required',
        value: 'Bachelor’s degree',
        statistic: 'typical requirement',
        ...bls.handbookOf2016,
      },
      {
        metric: 'key-responsibilities',
        label: 'Key responsibilities',
        value: 'Running, testing, tuning and protecting databases',
        ...bls.classificationOf2018,
      },
    ],
    sections: [
      {
        id: 'what-is-it',
        heading: 'What does a database administrator do?',
        body: 'Shops, banks, airlines and clinics all run on data that has to be there, has to be right, and has to stay private. Database administrators make that so. They set up the software that stores it, decide who may read or change what, and test that a backup can really be brought back.',
      },
      {
        id: 'duties',
        heading: 'What does a typical day look like?',
        body: 'Some of the work is planned: an upgrade, a new table, more room before the old disk fills. The rest arrives unannounced, such as a report that took a second yesterday and takes a minute today. You find out why, put it right, and write down what you learned. Much of your day is spent with developers, and some nights belong to changes that cannot be made while others work.',
      },
      {
        id: 'education',
        heading: 'How do I prepare?',
        body: 'Employers commonly look for a bachelor’s degree, usually in computing or information systems. Learn SQL well, learn one database product deeply, and build something real with it. If you already keep health records, you bring what many programmers lack: you know what the data means.',
      },
    ],
    education: 'Plan on a bachelor’s degree in information systems, computer science or a related field.',
    relatedCareers: [
      {
        slug: 'health-record-technician',
        reason: 'The same care for accuracy and privacy, closer to patients and with a shorter way in.',
      },
    ],
    degreeOptions: [{ level: 'bachelor', label: 'Bachelor’s degree in information systems or database technology' }],
  },
}
