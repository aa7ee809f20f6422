import type { AccessPerson, PersonHolder } from '#shared/domain/access/access-person.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { accessEmailText } from './access-email-text.ts'
import type { EmailMessage } from './mail.ts'
import { renderSchoolEmail } from './render-school-email.ts'

type AccessEmail = {
  kind: 'invitation' | 'sign-in'
  emailId: string
  to: Pick<AccessPerson, 'email' | 'holder'>
  /** One link for each school or source, or one for staff, which has no name. */
  places: readonly { url: string; name: string | undefined }[]
  invitedBy?: string | undefined
}

/** The email that signs a person in by a link. */
export async function buildAccessEmail({ kind, emailId, to, places, invitedBy }: AccessEmail): Promise<EmailMessage> {
  const text = kind === 'invitation' ? accessEmailText.invitation : accessEmailText.signIn
  const [first] = places
  const formatPlace = placeFormats[to.holder.caller]
  const place = places.length > 1 ? manyPlaces[to.holder.caller] : formatPlace(first?.name ?? '')
  const subject = toOneLine(text.subject(place))
  const parts = await renderSchoolEmail({
    subject,
    heading: toOneLine(text.heading(place)),
    testNotice: '',
    paragraphs: [toOneLine(text.intro(invitedBy, place))],
    links: places.map(({ url, name }) => ({ url, label: toOneLine(text.action(formatPlace(name ?? ''))) })),
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

const placeFormats: { readonly [caller in PersonHolder['caller']]: (name: string) => string } = {
  operator: () => accessEmailText.console,
  school: accessEmailText.portal,
  source: accessEmailText.publisherPage,
}
const manyPlaces: { readonly [caller in PersonHolder['caller']]: string } = {
  operator: accessEmailText.console,
  school: accessEmailText.portals,
  source: accessEmailText.publisherPages,
}
