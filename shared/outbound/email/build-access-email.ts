import { toOneLine } from '../../format/to-one-line.ts'
import { accessEmailText } from './access-email-text.ts'
import type { EmailMessage } from './mail.ts'
import { renderSchoolEmail } from './render-school-email.ts'

type AccessEmail = {
  kind: 'invitation' | 'sign-in'
  emailId: string
  to: { email: string }
  /** One link for each school, or one for staff, which has no name. */
  places: readonly { url: string; name: string | undefined }[]
  invitedBy?: string | undefined
}

/** The email that signs a person in by a link. */
export async function buildAccessEmail({ kind, emailId, to, places, invitedBy }: AccessEmail): Promise<EmailMessage> {
  const text = kind === 'invitation' ? accessEmailText.invitation : accessEmailText.signIn
  const [first] = places
  const place = places.length > 1 ? accessEmailText.portals : formatPlace(first?.name)
  const subject = toOneLine(text.subject(place))
  const parts = await renderSchoolEmail({
    subject,
    heading: toOneLine(text.heading(place)),
    testNotice: '',
    paragraphs: [toOneLine(text.intro(invitedBy, place))],
    links: places.map(({ url, name }) => ({ url, label: toOneLine(text.action(formatPlace(name))) })),
    closing: [text.once, text.unexpected],
    sections: [],
  })
  return {
    to: to.email,
    subject,
    ...parts,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    tags: { deliveryId: emailId },
  }
}

function formatPlace(school: string | undefined): string {
  return school === undefined ? accessEmailText.console : accessEmailText.portal(school)
}
