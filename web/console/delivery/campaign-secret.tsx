import { useState } from 'preact/hooks'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { secretText } from '../text/delivery-text.ts'

type Props = { campaignId: string; createdSecret: string | undefined }
type RotatedSecret = { secret: string; previousEndsAt: string }

/** The webhook secret of a campaign, shown once after it is created or rotated. */
export function CampaignSecret({ campaignId, createdSecret }: Props) {
  const { call } = useApi()
  const [rotated, setRotated] = useState<RotatedSecret>()
  const rotate = async () => {
    const response = await call(rotateCampaignSecret, { params: { id: campaignId }, body: {} })
    if (response.body) setRotated(response.body)
    return response
  }
  return (
    <section class="card" aria-label={secretText.title}>
      <h2>{secretText.title}</h2>
      {rotated ? (
        <Secret value={rotated.secret}>
          {secretText.giveToSchool} {secretText.previousExpires} <Instant at={rotated.previousEndsAt} withZone />.
        </Secret>
      ) : (
        createdSecret && <Secret value={createdSecret}>{secretText.giveToSchool}</Secret>
      )}
      <Allowed to={rotateCampaignSecret}>
        <Action
          kind="second"
          run={rotate}
          confirmation={{
            title: secretText.confirmTitle,
            text: secretText.confirmHelp,
            confirmLabel: secretText.confirm,
          }}
        >
          {secretText.rotate}
        </Action>
      </Allowed>
    </section>
  )
}
