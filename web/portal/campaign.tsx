import { changeSchoolCampaign, readOwnSchool, readSchoolCampaign } from '#shared/contract/school-campaigns.ts'
import { Action } from '../app/action.tsx'
import { useApi, useLoaded } from '../app/api.tsx'
import { Facts } from '../app/moment.tsx'
import { Ready } from '../app/note.tsx'
import { Link } from '../app/place.tsx'
import { Badge, money } from '../app/words.tsx'
import { calledOf, Gauges, type SchoolCampaign } from './campaign-card.tsx'
import { CapsForm } from './caps-form.tsx'
import { SecretRotation } from './secret-rotation.tsx'
import { TestLead } from './test-lead.tsx'

/** One campaign: whether it runs, its caps, and how its leads come. */
export function Campaign({ id }: { id: string }) {
  const [campaign, again] = useLoaded(readSchoolCampaign, { params: { id } })
  const [school] = useLoaded(readOwnSchool, {})
  const mayManage = school.body?.scope !== 'read'
  return (
    <>
      <p>
        <Link to="/campaigns">All campaigns</Link>
      </p>
      <Ready of={campaign} again={again}>
        {(told) => (
          <>
            <div class="head">
              <h1>{calledOf(told)}</h1>
              <Badge word={told.status} />
            </div>
            {!mayManage && <p class="help">Your key may look, and change nothing.</p>}
            <div class="cards">
              <Running campaign={told} again={again} mayManage={mayManage} />
              <section class="card">
                <h2>Caps</h2>
                <Gauges campaign={told} />
                {mayManage && <CapsForm key={told.version} campaign={told} saved={again} />}
              </section>
              {mayManage && <TestLead campaignId={id} />}
              {mayManage && told.endpoint.kind === 'webhook' && <SecretRotation campaignId={id} />}
            </div>
          </>
        )}
      </Ready>
    </>
  )
}

type Props = { campaign: SchoolCampaign; again: () => void; mayManage: boolean }

function Running({ campaign, again, mayManage }: Props) {
  const { call } = useApi()
  const { id, version, status, priceCents, programs, endpoint, testEndpoint, open, hours } = campaign
  const isActive = status === 'active'
  const change = () =>
    call(changeSchoolCampaign, {
      params: { id },
      headers: { 'if-match': `"${version}"` },
      body: { status: isActive ? 'paused' : 'active' },
    })
  return (
    <section class="card">
      <h2>{isActive ? 'It runs' : 'It is paused'}</h2>
      <p>
        {!isActive && 'No lead comes for it until you resume it.'}
        {isActive && (open ? 'Leads that fit come to you now.' : 'It is outside its hours now.')}
      </p>
      <Facts
        of={[
          ['Price per lead', money(priceCents)],
          ['Programs', programs.map(({ name }) => name).join(', ')],
          ['Leads go to', addressOf(endpoint)],
          ['Test leads go to', testEndpoint && addressOf(testEndpoint)],
          ['Hours', hours?.open.map(({ days, from, to }) => `${days.join(', ')}: ${from} to ${to}`).join('; ')],
        ]}
      />
      {mayManage && (
        <Action
          kind="second"
          run={change}
          done={again}
          {...(isActive && {
            sure: {
              title: 'Pause this campaign?',
              text: <p>From that moment no other lead comes. What is under way still arrives.</p>,
              yes: 'Pause it',
            },
          })}
        >
          {isActive ? 'Pause …' : 'Resume'}
        </Action>
      )}
      <p class="help">Price, programs and address are changed by who runs Prospectus.</p>
    </section>
  )
}

function addressOf(endpoint: SchoolCampaign['endpoint']): string {
  return endpoint.kind === 'webhook' ? endpoint.url : endpoint.to
}
