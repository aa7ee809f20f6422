/** One example response body per operation and status. */
export type OperationExamples = { [operation: string]: { [status: number]: unknown } }
