import { careerSummary } from './career-summary.ts'
import { defineElement } from './define-element.ts'
import { tuitionRequestForm } from './request-form/tuition-request-form.ts'
import { schoolListing } from './school-listing.ts'

defineElement('career-summary', careerSummary)
defineElement('school-listing', schoolListing)
defineElement('tuition-request-form', tuitionRequestForm)
