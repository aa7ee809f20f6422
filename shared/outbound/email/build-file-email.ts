import { toOneLine } from '../../format/to-one-line.ts'
import { buildHeaders } from './build-headers.ts'
import type { EmailMessage } from './mail.ts'
import { renderSchoolEmail } from './render-school-email.ts'
import { testSubjectPrefix, fileEmailText as text } from './school-email-text.ts'

type FileEmail = {
  to: EmailMessage['to']
  fileId: string
  schoolName: string
  file: { name: string; csv: string; rows: number }
  isTest: boolean
}

/** The email that carries several leads in a file. Subject and text have no personal data. */
export async function buildFileEmail({ to, fileId, schoolName, file, isTest }: FileEmail): Promise<EmailMessage> {
  const subject = toOneLine(`${isTest ? testSubjectPrefix : ''}${text.subject(file.rows, schoolName)}`)
  const parts = await renderSchoolEmail({
    subject,
    heading: text.heading(file.rows),
    testNotice: isTest ? text.test : '',
    paragraphs: [text.intro(file.name)],
    sections: [],
    footer: toOneLine(text.repeat(fileId)),
  })
  return {
    to,
    subject,
    ...parts,
    headers: buildHeaders({ deliveryId: fileId }),
    attachments: [{ filename: file.name, contentType: 'text/csv; charset=utf-8', content: file.csv }],
    // The event of a bounce names the file, whose rows are its deliveries.
    tags: { deliveryId: toOneLine(fileId) },
  }
}
