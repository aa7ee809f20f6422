import { useRef, useState } from 'preact/hooks'
import { addSuppression } from '#shared/contract/aftercare/suppressions.ts'
import { suppressionBasis, suppressionReason, withdrawalMeans } from '#shared/domain/aftercare/suppression.ts'
import { normalizeEmail } from '#shared/domain/fields/email.ts'
import { normalizePhone } from '#shared/domain/fields/phone.ts'
import { captureProblem, useApi } from '../../../app/browser-client.tsx'
import { Field, Select } from '../../../app/components/field.tsx'
import { Note, ProblemNote } from '../../../app/components/note.tsx'
import { useFocusFirstFault } from '../../../app/hooks/use-focus-first-fault.ts'
import { Allowed } from '../../../app/people/allowed.tsx'
import type { ApiProblem } from '../../../app/text/problem-text.ts'
import { type Names, toChoices } from '../../catalog/names.tsx'
import { basisLabels, meansLabels, withdrawalsText } from '../../text/privacy-text.ts'

type Faults = { [field in 'email' | 'phone' | 'purpose']?: string }
type Props = { leadId: string | undefined; schools: Names; onRecorded: () => void }
const { faults: faultText } = withdrawalsText

/** Records that a person asked staff to stop. @param leadId the person of this lead, instead of an email or phone */
export function WithdrawalForm({ leadId, schools, onRecorded }: Props) {
  const { call } = useApi()
  const formRef = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<Faults>({})
  const [state, setState] = useState<'idle' | 'sending' | 'recorded'>('idle')
  const [problem, setProblem] = useState<ApiProblem>()
  useFocusFirstFault(formRef, faults)

  const record = async (form: HTMLFormElement) => {
    const input = readForm(form)
    const found = findFaults(input, leadId)
    setFaults(found)
    setProblem(undefined)
    setState('idle')
    if (Object.keys(found).length > 0) return
    setState('sending')
    const { email, phone, schoolId, basis, means, purpose: reason } = input
    const person = leadId === undefined ? { ...(email && { email }), ...(phone && { phone }) } : { leadId }
    const scope = schoolId === '' ? ({ kind: 'all-schools' } as const) : ({ kind: 'school', schoolId } as const)
    const response = await captureProblem(() =>
      call(addSuppression, { body: { ...person, scope, basis, means, reason } }),
    )
    setState(response.body ? 'recorded' : 'idle')
    setProblem(
      response.problem?.code === 'NOT_FOUND' ? { ...response.problem, message: faultText.leadGone } : response.problem,
    )
    if (!response.body) return
    form.reset()
    onRecorded()
  }
  return (
    <section class="card" aria-labelledby="record-withdrawal">
      <h2 id="record-withdrawal">{withdrawalsText.formTitle}</h2>
      <p class="help">{withdrawalsText.formHelp}</p>
      <Allowed to={addSuppression}>
        <form
          ref={formRef}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (state !== 'sending' && event.currentTarget instanceof HTMLFormElement) void record(event.currentTarget)
          }}
        >
          {leadId === undefined ? (
            <>
              <p class="help">{withdrawalsText.emailOrPhone}</p>
              <div class="pair">
                <Field
                  label={withdrawalsText.email}
                  name="email"
                  type="email"
                  autocomplete="off"
                  fault={faults.email}
                />
                <Field label={withdrawalsText.phone} name="phone" type="tel" autocomplete="off" fault={faults.phone} />
              </div>
            </>
          ) : (
            <p>{withdrawalsText.ofLead(leadId)}</p>
          )}
          <div class="pair">
            <Select label={withdrawalsText.channel} name="means" choices={meansChoices} />
            <Select
              label={withdrawalsText.scope}
              name="school"
              choices={[{ value: '', label: withdrawalsText.allSchools }, ...toChoices(schools)]}
            />
            <Select
              label={withdrawalsText.basis}
              name="basis"
              help={withdrawalsText.basisHelp}
              choices={basisChoices}
            />
            <Field
              label={withdrawalsText.purpose}
              name="purpose"
              help={withdrawalsText.purposeHelp}
              fault={faults.purpose}
              maxLength={450}
              autocomplete="off"
            />
          </div>
          <div class="actions">
            <button type="submit" class="button" aria-disabled={state === 'sending'}>
              {withdrawalsText.submit}
            </button>
          </div>
          {problem && <ProblemNote problem={problem} />}
          {state === 'recorded' && <Note kind="good">{withdrawalsText.recorded}</Note>}
        </form>
      </Allowed>
    </section>
  )
}

const meansChoices = withdrawalMeans.options.map((value) => ({ value, label: meansLabels[value] }))
const basisChoices = suppressionBasis.options.map((value) => ({ value, label: basisLabels[value] }))

function readForm(form: HTMLFormElement) {
  const formData = new FormData(form)
  const getText = (name: string) => String(formData.get(name) ?? '').trim()
  return {
    email: getText('email'),
    phone: getText('phone'),
    schoolId: getText('school'),
    basis: suppressionBasis.parse(getText('basis')),
    means: withdrawalMeans.parse(getText('means')),
    purpose: getText('purpose'),
  }
}

function findFaults({ email, phone, purpose }: ReturnType<typeof readForm>, leadId: string | undefined): Faults {
  const isPersonMissing = leadId === undefined && email === '' && phone === ''
  const emailFault = isPersonMissing
    ? faultText.person
    : email !== '' && !normalizeEmail(email)
      ? faultText.email
      : undefined
  const phoneFault = phone !== '' && !normalizePhone(phone) ? faultText.phone : undefined
  const isPurposeInvalid = purpose === '' || !suppressionReason.safeParse(purpose).success
  return {
    ...(emailFault && { email: emailFault }),
    ...(phoneFault && { phone: phoneFault }),
    ...(isPurposeInvalid && { purpose: faultText.purpose }),
  }
}
