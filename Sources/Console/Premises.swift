internal import Store

/// What every page shares: the store, the services from outside, the templates and the settings.
package struct Premises: Sendable {
  package var pool: StorePool
  package var services: ConsoleServices
  package var settings: ConsoleSettings
  package var templates: PageTemplates
  package var assets: Assets
  /// Where whoever has a receipt, or a link to answer, knocks.
  package let receiptDoor: RequestDoor
  package let linkDoor: RequestDoor
  /// What the overview is made from, kept between visits.
  package var figures = FiguresShelf()

  /// - Throws: ``PageTemplates/Fault`` where a shipped template is broken.
  package init(pool: StorePool, services: ConsoleServices, settings: ConsoleSettings) throws(PageTemplates.Fault) {
    self.pool = pool
    self.services = services
    self.settings = settings
    templates = try PageTemplates(Assets.templates)
    assets = Assets(adding: services.desks.styles)
    receiptDoor = RequestDoor(settings.receiptLimits)
    linkDoor = RequestDoor(settings.linkLimits)
  }

  /// The whole of the page; a template that is not there is an empty page, which the tests of all pages find.
  package func render(_ template: String, _ value: PageValue, in language: ConsoleLanguage) -> String {
    templates.render(template, value, in: language) ?? ""
  }
}
