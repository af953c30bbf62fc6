extension Endpoint {
  /// Every route of the console.
  package static let all: [Endpoint] = [
    Assets.endpoints,
    HomePage.endpoints,
    SignInPages.endpoints,
    QueuePage.endpoints,
    QueueBulk.endpoints,
    SavedViewForms.endpoints,
    CasePages.endpoints,
    ActPages.endpoints,
    StatusPages.endpoints,
    LinkedAnswerPages.endpoints,
    AccountPages.endpoints,
    AdministrationHome.endpoints,
    UserPages.endpoints,
    UserPage.endpoints,
    SettingPages.endpoints,
    HistoryPages.endpoints,
    OutboxPages.endpoints,
    ReceiverPages.endpoints,
    RulePages.endpoints,
  ].flatMap(\.self)
}
