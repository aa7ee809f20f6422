import * as z from 'zod'

/** A Standard Webhooks secret: `whsec_` and 24 to 64 bytes in base64. */
export const webhookSecret = z
  .string()
  .regex(/^whsec_/, 'must start with whsec_')
  .refine(hasValidKeyBytes, 'must be whsec_ followed by 24 to 64 bytes in base64')

function hasValidKeyBytes(secret: string): boolean {
  const encoded = secret.slice('whsec_'.length)
  if (!z.base64().safeParse(encoded).success) return false
  const bytes = atob(encoded)
  return btoa(bytes) === encoded && bytes.length >= 24 && bytes.length <= 64
}
