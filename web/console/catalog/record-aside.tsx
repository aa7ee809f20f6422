import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { SchoolAccess } from '../access/school-access.tsx'
import { CampaignSecret } from '../delivery/campaign-secret.tsx'
import { EndpointPreview } from '../delivery/endpoint-preview.tsx'
import { CampaignPreview } from '../routing/campaign-preview.tsx'
import type { JsonObject } from './fields/json.ts'
import type { Kept } from './record-calls.ts'

type Props = { kind: RecordKind; kept: Kept; draft: JsonObject; secret: string | undefined }

/** What can be done with a record beside editing it. */
export function RecordAside({ kind, kept, draft, secret }: Props) {
  switch (kind) {
    case 'campaigns':
      return (
        <aside aria-label="Preview">
          <CampaignPreview id={kept.id} draft={draft} />
          <EndpointPreview campaignId={kept.id} draft={draft} />
          <CampaignSecret campaignId={kept.id} made={secret} />
        </aside>
      )
    case 'schools':
      return (
        <aside aria-label="Access">
          <SchoolAccess schoolId={kept.id} />
        </aside>
      )
    case 'sources':
      return (
        <aside aria-label="Key">
          <section class="card">
            <h2>Key for landing pages</h2>
            <p class="help">Public: pages send it as X-Source-Key.</p>
            <code class="id">{kept.key}</code>
          </section>
        </aside>
      )
    default:
      return null
  }
}
