import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { type JsonObject, toText } from './fields/json.ts'

/** Some fields of a record that are about one thing. */
type FormSection = { title: string; help?: string; names: readonly string[] }
type RecordForm = {
  singular: string
  plural: string
  /** What it is, for who meets it for the first time. */
  description: string
  /** The field that people know it by. */
  titleField: 'name' | 'title'
  sections: readonly FormSection[]
}

/** What staff edit, and how its fields are laid out. A field that no part names comes last, so that none is lost. */
export const recordForms: { readonly [kind in RecordKind]: RecordForm } = {
  campaigns: {
    singular: 'campaign',
    plural: 'Campaigns',
    description: 'What a school buys: which visitors, how many, when, for how much, and where their leads go.',
    titleField: 'name',
    sections: [
      { title: 'What is bought', names: ['name', 'status', 'schoolId', 'programIds', 'priceCents', 'returns'] },
      { title: 'Who qualifies', help: 'Whoever does not is told to nobody as a lead for it.', names: ['rules'] },
      { title: 'How many, and when', names: ['caps', 'hours'] },
      { title: 'Where leads go', names: ['endpoint', 'testEndpoint'] },
      {
        title: 'How it stands beside others',
        names: ['priority', 'weight', 'sharing', 'exclusiveMultiplier', 'shareWith', 'fallback'],
      },
    ],
  },
  schools: {
    singular: 'school',
    plural: 'Schools',
    description: 'Who buys leads, and may be named in a consent.',
    titleField: 'name',
    sections: [
      { title: 'Who it is', names: ['name', 'legalName', 'status', 'timeZone', 'titleIv'] },
      { title: 'How much it buys', names: ['caps', 'creditCents'] },
      { title: 'How it gets leads', names: ['deliveries', 'privacyNoticeEmail', 'duplicates'] },
    ],
  },
  programs: {
    singular: 'program',
    plural: 'Programs',
    description: 'What a school teaches, and what it asks of who wants to learn it.',
    titleField: 'name',
    sections: [
      { title: 'What it is', names: ['name', 'schoolId', 'careerSlugs', 'level', 'modality'] },
      { title: 'Where it is shown', names: ['states', 'sponsored', 'rank'] },
      { title: 'What it asks', help: 'Asked in the form before the visitor agrees.', names: ['questions'] },
    ],
  },
  sources: {
    singular: 'source',
    plural: 'Sources',
    description: 'Landing pages and publishers that send leads, each with a key of its own.',
    titleField: 'name',
    sections: [
      { title: 'What it is', names: ['name', 'mode', 'origins'] },
      { title: 'What it may send', names: ['rules', 'duplicates', 'maxSales', 'method'] },
      {
        title: 'Against abuse',
        names: ['abuse', 'formToken', 'turnstile', 'turnstileSecret', 'rateLimitPerMinute', 'requireCertificate'],
      },
    ],
  },
  careers: {
    singular: 'career',
    plural: 'Careers',
    description: 'The pages that visitors read: facts with their sources, sections, related careers.',
    titleField: 'title',
    sections: [
      { title: 'What it is', names: ['title', 'summary', 'aliases', 'soc'] },
      { title: 'What is known of it', help: 'Each with what was measured, where, when and by whom.', names: ['facts'] },
      { title: 'Text', names: ['sections', 'education'] },
      { title: 'Where it leads', names: ['relatedCareers', 'degreeOptions'] },
    ],
  },
}

/** What a record is called. */
export function getRecordTitle(kind: RecordKind, id: string, body: JsonObject): string {
  return toText(body[recordForms[kind].titleField]) || id
}

/** An id that is made from a name. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
}
