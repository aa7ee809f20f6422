import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { exportConversions } from '#shared/contract/reporting/conversions.ts'
import { useApi } from '../../app/browser-client.tsx'
import { ConversionExport } from '../../app/components/conversion-export.tsx'
import { Link } from '../../app/router.tsx'
import { SchoolAccess } from '../access/school-access.tsx'
import { CampaignSecret } from '../delivery/campaign-secret.tsx'
import { CampaignTest } from '../delivery/campaign-test.tsx'
import { EndpointPreview } from '../delivery/endpoint-preview.tsx'
import { CampaignPreview } from '../routing/campaign-preview.tsx'
import { accountText } from '../text/account-text.ts'
import { editorText } from '../text/records/record-text.ts'
import type { EditableRecord } from './create-record-client.ts'
import type { JsonObject } from './fields/json.ts'

type Props = { kind: RecordKind; record: EditableRecord; draft: JsonObject; secret: string | undefined }

/** Previews, secrets and access of a record, shown next to its form. */
export function RecordAside({ kind, record, draft, secret }: Props) {
  switch (kind) {
    case 'campaigns':
      return (
        <aside aria-label={editorText.preview}>
          <CampaignPreview id={record.id} draft={draft} />
          <CampaignTest campaignId={record.id} />
          <EndpointPreview campaignId={record.id} draft={draft} />
          <CampaignSecret campaignId={record.id} createdSecret={secret} />
        </aside>
      )
    case 'schools':
      return (
        <aside aria-label={editorText.access}>
          <AccountLink kind={kind} id={record.id} />
          <SchoolAccess schoolId={record.id} />
        </aside>
      )
    case 'sources':
      return (
        <aside aria-label={editorText.sourceKey}>
          <AccountLink kind={kind} id={record.id} />
          <section class="card">
            <h2>{editorText.sourceKey}</h2>
            <p class="help">{editorText.sourceKeyHelp}</p>
            <code class="id">{record.key}</code>
          </section>
          <SourceConversions id={record.id} />
        </aside>
      )
    default:
      return null
  }
}

function SourceConversions({ id }: { id: string }) {
  const { call } = useApi()
  return <ConversionExport fetchPage={(query) => call(exportConversions, { params: { id }, query })} />
}

function AccountLink({ kind, id }: { kind: 'schools' | 'sources'; id: string }) {
  return (
    <section class="card">
      <h2>{accountText.link}</h2>
      <p class="help">{accountText.linkHelp}</p>
      <Link to={`/accounts/${kind}/${id}`}>{accountText.open}</Link>
    </section>
  )
}
