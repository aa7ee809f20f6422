import { records } from '#shared/contract/catalog/records.ts'
import { Action } from '../../../app/action.tsx'
import { useApi } from '../../../app/browser-client.tsx'
import { Loading, Note, ProblemNote } from '../../../app/components/note.tsx'
import { Secret } from '../../../app/components/secret.tsx'
import { DetailList } from '../../../app/components/timeline.tsx'
import { formatMoney, formatNumber } from '../../../app/format.ts'
import { Allowed } from '../../../app/people/allowed.tsx'
import { Link } from '../../../app/router.tsx'
import { CampaignTest } from '../../delivery/campaign-test.tsx'
import { EndpointPreview } from '../../delivery/endpoint-preview.tsx'
import { CampaignPreview } from '../../routing/campaign-preview.tsx'
import { changeCampaignStatus } from '../../routing/change-campaign-status.ts'
import { buyerText } from '../../text/buyer-text.ts'
import { secretText } from '../../text/delivery-text.ts'
import { type Json, toArray, toObject, toText } from '../fields/json.ts'
import { useSelectedNames } from '../names.tsx'
import { getRecordTitle } from '../record-forms.ts'
import { useRecord } from '../use-record.ts'

/** The last step: what was set up, a test lead with the response of the school, the effect on past leads, and the start. */
export function GoLive({ campaignId, secret }: { campaignId: string; secret: string | undefined }) {
  const { call } = useApi()
  const { editing, load } = useRecord('campaigns', campaignId)
  const { record, draft, state, problem } = editing
  const schoolId = toText(draft.schoolId)
  const schools = useSelectedNames('schools', schoolId === '' ? [] : [schoolId])
  if (!record)
    return state === 'loading' && problem ? <ProblemNote problem={problem} retry={() => void load()} /> : <Loading />
  const school = schools.get(schoolId) ?? schoolId
  const title = getRecordTitle('campaigns', campaignId, draft)
  const price = formatMoney(Number(draft.priceCents))
  const endpoint = toObject(draft.endpoint)
  const active = { ...draft, status: 'active' }
  return (
    <>
      {secret && <Secret value={secret}>{secretText.giveToSchool}</Secret>}
      <section class="card" aria-label={buyerText.summary}>
        <h2>{buyerText.summary}</h2>
        <DetailList
          items={[
            [buyerText.school, school],
            [buyerText.campaign, title],
            [buyerText.price, price],
            [buyerText.caps, describeCaps(draft.caps)],
            [buyerText.sendTo, toText(endpoint.url) || [endpoint.to].flat().map(toText).join(', ')],
          ]}
        />
        <Link to={`/campaigns/${encodeURIComponent(campaignId)}`}>{buyerText.edit}</Link>
      </section>
      <CampaignTest campaignId={campaignId} />
      <EndpointPreview campaignId={campaignId} draft={draft} />
      <CampaignPreview id={campaignId} draft={active} />
      {draft.status === 'active' ? (
        <section class="card" aria-label={buyerText.next}>
          <Note kind="good">{buyerText.active}</Note>
          <h2>{buyerText.next}</h2>
          <ul class="bullets">
            <li>
              <Link to={`/schools/${encodeURIComponent(schoolId)}`}>{buyerText.giveAccess}</Link>
            </li>
            <li>
              <Link to="/explain">{buyerText.explain}</Link>
            </li>
            <li>
              <Link to="/buyers/new">{buyerText.another}</Link>
            </li>
          </ul>
        </section>
      ) : (
        <div>
          <Allowed to={records.campaigns.put}>
            <Action
              run={() => changeCampaignStatus(call, campaignId, 'active')}
              onDone={() => void load()}
              confirmation={{
                title: buyerText.startTitle(title),
                text: buyerText.startHelp(school, price),
                confirmLabel: buyerText.startConfirm,
              }}
            >
              {buyerText.start}
            </Action>
          </Allowed>
        </div>
      )}
    </>
  )
}

function describeCaps(caps: Json | undefined) {
  const list = toArray(caps).map(toObject)
  if (list.length === 0) return buyerText.noCaps
  return list
    .map(({ limit, unit, period }) => {
      const amount = unit === 'cents' ? formatMoney(Number(limit)) : buyerText.leads(formatNumber(Number(limit)))
      return `${amount} ${buyerText.capPeriods[toText(period)] ?? ''}`
    })
    .join(', ')
}
