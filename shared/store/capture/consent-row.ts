import { consent } from '../../domain/capture/consent.ts'
import { packed } from '../packed.ts'
import { toRowSchema } from '../rows.ts'

/** The consent of a lead as its row has it, with the text packed. */
export const consentRow = toRowSchema(consent).extend({ disclosure: packed(consent.shape.disclosure) })
