import { useState } from 'preact/hooks'
import { matchSchools, submitLead } from '#shared/contract/capture/capture.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note } from '../../app/components/note.tsx'
import { postingText } from '../text/publisher-text.ts'

type Answer = { status: number | undefined; body: unknown }
type Values = { [name in keyof typeof postingText.testFields]: string }

const { contact } = submitLead.example.body
const initialValues: Values = {
  careerSlug: matchSchools.example.body.careerSlug,
  zip: matchSchools.example.body.zip,
  firstName: contact.firstName,
  lastName: contact.lastName,
  email: contact.email,
  phone: contact.phone,
  subId: 'test',
}

/** Sends a test lead as a server would, and shows what the API really answered to both requests. */
export function TestLead() {
  const { call, person } = useApi()
  const [values, setValues] = useState(initialValues)
  const [isSending, setSending] = useState(false)
  const [match, setMatch] = useState<Answer>()
  const [lead, setLead] = useState<Answer>()
  const send = async () => {
    setSending(true)
    setLead(undefined)
    const { careerSlug, zip, firstName, lastName, email, phone, subId } = values
    const education = { highestLevel: 'high-school-diploma' } as const
    const matched = await captureProblem(() => call(matchSchools, { body: { careerSlug, zip, education } }))
    setMatch(toAnswer(matched))
    if (matched.body && 'matchId' in matched.body) {
      const { matchId, disclosure } = matched.body
      const body = {
        matchId,
        contact: { firstName, lastName, email, phone, zip },
        education,
        consent: { granted: true, sha256: disclosure.sha256 },
        page: { url: location.href.replace(/[#?].*/, '') },
        subIds: { sub1: subId },
        test: true,
      } as const
      const headers = { 'idempotency-key': crypto.randomUUID() }
      setLead(toAnswer(await captureProblem(() => call(submitLead, { headers, body }))))
    }
    setSending(false)
  }
  const hasNoSchools = isMatchWithoutSchools(match?.body)
  // Leads are sent with the key of the source, not by people.
  if (person) return <Note>{postingText.testNeedsKey}</Note>
  return (
    <section class="card" aria-labelledby="test-lead">
      <h2 id="test-lead">{postingText.testTitle}</h2>
      <p class="help">{postingText.testHelp}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending) void send()
        }}
      >
        <div class="filters">
          {fieldNames.map((name) => (
            <Field
              key={name}
              label={postingText.testFields[name]}
              value={values[name]}
              autocomplete="off"
              onInput={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          ))}
        </div>
        <button type="submit" class="button" aria-disabled={isSending}>
          {postingText.sendTest}
        </button>
      </form>
      <div aria-live="polite">
        {hasNoSchools && <Note>{postingText.noSchools}</Note>}
        <AnswerView title={postingText.matchAnswer} answer={match} />
        <AnswerView title={postingText.leadAnswer} answer={lead} />
      </div>
    </section>
  )
}

const fieldNames = ['careerSlug', 'zip', 'firstName', 'lastName', 'email', 'phone', 'subId'] as const

function toAnswer(response: { status?: number; body?: unknown; problem?: unknown }): Answer {
  return { status: response.status, body: response.body ?? response.problem }
}

function isMatchWithoutSchools(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    'schools' in body &&
    Array.isArray(body.schools) &&
    body.schools.length === 0
  )
}

function AnswerView({ title, answer }: { title: string; answer: Answer | undefined }) {
  if (!answer) return null
  return (
    <>
      <h3>{title}</h3>
      {answer.status !== undefined && <p>{postingText.status(String(answer.status))}</p>}
      <pre>{JSON.stringify(answer.body, null, 2)}</pre>
    </>
  )
}
