/** A sender that has lost its lease must write no receipts: another one has the file. @throws Error if the write was refused */
export async function requireLease(write: Promise<boolean>): Promise<void> {
  if (!(await write)) throw new Error('The lease of the file was lost.')
}
