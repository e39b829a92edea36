using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>The nouns and adjectives of attempts; every other feature asks in these words.</summary>
public static class AttemptQueries
{
    extension(AppDb db)
    {
        public IQueryable<Attempt> Attempts => db.Set<Attempt>();
        public IQueryable<Answer> Answers => db.Set<Answer>();
        public IQueryable<AnswerEvent> AnswerEvents => db.Set<AnswerEvent>();
        public IQueryable<Grade> Grades => db.Set<Grade>();
        public IQueryable<Regrade> Regrades => db.Set<Regrade>();
    }

    extension(IQueryable<Attempt> attempts)
    {
        public IQueryable<Attempt> Open => attempts.Where(a => a.Status == AttemptStatus.InProgress);
        public IQueryable<Attempt> Graded => attempts.Where(a => a.Status == AttemptStatus.Graded);
        public IQueryable<Attempt> OwnedBy(CurrentUser user) => attempts.Where(a => a.LearnerId == user.Id);

        /// <summary>The learner's own; a teacher sees everybody's.</summary>
        public IQueryable<Attempt> VisibleTo(CurrentUser user) =>
            user.IsTeacher || user.IsAdmin ? attempts : attempts.Where(a => a.LearnerId == user.Id);
    }
}
