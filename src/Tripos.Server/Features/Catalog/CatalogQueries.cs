using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>The nouns and adjectives of the catalogue; every other feature asks in these words.</summary>
public static class CatalogQueries
{
    extension(AppDb db)
    {
        public IQueryable<Module> Modules => db.Set<Module>();
        public IQueryable<Topic> Topics => db.Set<Topic>();
        public IQueryable<Question> Questions => db.Set<Question>();
        public IQueryable<QuestionVersion> QuestionVersions => db.Set<QuestionVersion>();
        public IQueryable<Test> Tests => db.Set<Test>();
        public IQueryable<TestSlot> TestSlots => db.Set<TestSlot>();
        public IQueryable<ExternalReference> ExternalReferences => db.Set<ExternalReference>();
        public IQueryable<Bookmark> Bookmarks => db.Set<Bookmark>();

        /// <summary>Active tests whose every question has a key: what learners are offered.</summary>
        public IQueryable<Test> OfferedTests => db.Set<Test>().Where(test => test.IsActive
            && db.Set<TestSlot>().Any(slot => slot.TestId == test.Id)
            && !db.Set<TestSlot>().Any(slot => slot.TestId == test.Id && db.Set<Question>().Any(q => q.Id == slot.QuestionId && (q.NeedsKey || q.Status == ContentStatus.Draft))));
    }
}
