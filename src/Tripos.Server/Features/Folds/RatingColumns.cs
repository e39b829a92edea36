using Npgsql;
using Tripos.Measurement.Ratings;

namespace Tripos.Server.Features.Folds;

/// <summary>A rating as every table of ratings stores it: points, deviation, answers, updated_at_days, side by side.</summary>
public static class RatingColumns
{
    extension(NpgsqlDataReader row)
    {
        /// <param name="column">Of the points; the others follow.</param>
        public Rating RatingAt(int column) =>
            new() { Points = row.GetDouble(column), Deviation = row.GetDouble(column + 1), Answers = row.GetInt32(column + 2), UpdatedAtDays = row.GetDouble(column + 3) };
    }
}
