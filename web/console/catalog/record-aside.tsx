import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { SchoolAccess } from '../access/school-access.tsx'
import { CampaignSecret } from '../delivery/campaign-secret.tsx'
import { EndpointPreview } from '../delivery/endpoint-preview.tsx'
import { CampaignPreview } from '../routing/campaign-preview.tsx'
import type { EditableRecord } from './create-record-client.ts'
import type { JsonObject } from './fields/json.ts'

type Props = { kind: RecordKind; record: EditableRecord; draft: JsonObject; secret: string | undefined }

/** What can be done with a record beside editing it. */
export function RecordAside({ kind, record, draft, secret }: Props) {
  switch (kind) {
    case 'campaigns':
      return (
        <aside aria-label="Preview">
          <CampaignPreview id={record.id} draft={draft} />
          <EndpointPreview campaignId={record.id} draft={draft} />
          <CampaignSecret campaignId={record.id} createdSecret={secret} />
        </aside>
      )
    case 'schools':
      return (
        <aside aria-label="Access">
          <SchoolAccess schoolId={record.id} />
        </aside>
      )
    case 'sources':
      return (
        <aside aria-label="Key">
          <section class="card">
            <h2>Key for landing pages</h2>
            <p class="help">Public: pages send it as X-Source-Key.</p>
            <code class="id">{record.key}</code>
          </section>
        </aside>
      )
    default:
      return null
  }
}
