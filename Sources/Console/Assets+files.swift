extension Assets {
  /// What browsers fetch beside the pages.
  static let all: [(name: String, bytes: [UInt8], type: String)] = [
    ("console.css", PackageResources.console_css, "text/css; charset=utf-8"),
    ("queue.js", PackageResources.queue_js, "text/javascript; charset=utf-8"),
    ("console.js", PackageResources.console_js, "text/javascript; charset=utf-8"),
  ]

  /// Templates by the name pages call them.
  static let templates: [String: String] = [
    "frame": PackageResources.frame_mustache,
    "act": PackageResources.act_mustache,
    "act-field": PackageResources.act_field_mustache,
    "act-form": PackageResources.act_form_mustache,
    "bulk": PackageResources.bulk_mustache,
    "case": PackageResources.case_mustache,
    "case-body": PackageResources.case_body_mustache,
    "account": PackageResources.account_mustache,
    "administration": PackageResources.administration_mustache,
    "administration-calendar": PackageResources.administration_calendar_mustache,
    "administration-clocks": PackageResources.administration_clocks_mustache,
    "administration-history": PackageResources.administration_history_mustache,
    "administration-menu": PackageResources.administration_menu_mustache,
    "administration-outbox": PackageResources.administration_outbox_mustache,
    "administration-receivers": PackageResources.administration_receivers_mustache,
    "administration-scope": PackageResources.administration_scope_mustache,
    "administration-secret": PackageResources.administration_secret_mustache,
    "administration-stations": PackageResources.administration_stations_mustache,
    "administration-user": PackageResources.administration_user_mustache,
    "administration-users": PackageResources.administration_users_mustache,
    "administration-verified": PackageResources.administration_verified_mustache,
    "fault": PackageResources.fault_mustache,
    "home": PackageResources.home_mustache,
    "link-closed": PackageResources.link_closed_mustache,
    "linked-answer": PackageResources.linked_answer_mustache,
    "original": PackageResources.original_mustache,
    "pane": PackageResources.pane_mustache,
    "progress": PackageResources.progress_mustache,
    "queue": PackageResources.queue_mustache,
    "queue-filters": PackageResources.queue_filters_mustache,
    "queue-filters-page": PackageResources.queue_filters_page_mustache,
    "row-run": PackageResources.row_run_mustache,
    "receipt": PackageResources.receipt_mustache,
    "run": PackageResources.run_mustache,
    "sign-in": PackageResources.sign_in_mustache,
    "similar": PackageResources.similar_mustache,
    "similar-page": PackageResources.similar_page_mustache,
  ].mapValues { String(decoding: $0, as: UTF8.self) }
}
