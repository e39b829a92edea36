using System.Diagnostics;
using Tripos.Spacing;

namespace Tripos.Bench.Spacing;

using Evaluation = Tripos.Spacing.Evaluation; // not the namespace Tripos.Evaluation

/// <summary>Fits weights to a review log and measures default and fitted ones: as fsrs-rs judges, plainly, and on reviews after those fitted to.</summary>
public sealed class FitMeasure
{
    private const double Past = 0.7;

    public static object Run(InputFile file, TimeSpan dayStartsAt, Report report)
    {
        var history = ReviewHistory.Of(ReviewLogFile.Read(file), dayStartsAt);
        report.Title($"fit {file.Path}");
        report.Line($"  {history.CardCount:N0} cards, {history.ReviewCount:N0} reviews, {history.ItemCount:N0} a day or more after the one before; days start at {dayStartsAt:hh\\:mm} UTC");
        if (history.ItemCount < 12)
        {
            throw new BadInputException($"{file.Path}: has {history.ItemCount} reviews a day or more after the one before; 12 are needed. Give a longer log.");
        }

        var (fit, cold) = Timed(() => Optimiser.Fit(history));
        var (_, warm) = Timed(() => Optimiser.Fit(history));
        report.Line($"  fitted {fit.Scope} to {fit.ReviewsUsed:N0} reviews in {cold:N0} ms, again in {warm:N0} ms");
        report.Line("                                           log-loss  RMSE(bins)    AUC");

        int past = (int)(history.ItemCount * Past);
        var forward = Optimiser.FitUntil(history, past);
        var (splitFitted, splitDefault) = Optimiser.EvaluateSplits(history);
        return new
        {
            file = file.Path,
            cards = history.CardCount,
            reviews = history.ReviewCount,
            predictable = history.ItemCount,
            used = fit.ReviewsUsed,
            scope = fit.Scope.ToString(),
            milliseconds = Math.Round(cold),
            millisecondsWarm = Math.Round(warm),
            train = Both(report, "filtered, recent reviews count more", fit.Before, fit.After),
            plain = Both(report, "all reviews alike", Optimiser.EvaluateFrom(history, Fsrs.Default), Optimiser.EvaluateFrom(history, fit.Model)),
            forward = Both(report, "fitted to 70 %, the 30 % after", Optimiser.EvaluateFrom(history, Fsrs.Default, past), Optimiser.EvaluateFrom(history, forward, past)),
            splits = Both(report, "five stretches, each after its fit", splitDefault, splitFitted),
            weights = fit.Model.Weights.Select(weight => Math.Round(weight, 4)),
        };
    }

    private static object Both(Report report, string what, Evaluation usual, Evaluation fitted)
    {
        report.Line($"  {what,-36} default {usual.LogLoss,6:F4}      {usual.RmseBins:F4}  {usual.Auc:F4}   ({usual.Reviews:N0} reviews)");
        report.Line($"  {"",-36} fitted  {fitted.LogLoss,6:F4}      {fitted.RmseBins:F4}  {fitted.Auc:F4}");
        return new { @default = Short(usual), fitted = Short(fitted) };
    }

    private static object Short(Evaluation value) =>
        new { logLoss = Math.Round(value.LogLoss, 5), rmseBins = Math.Round(value.RmseBins, 5), auc = Math.Round(value.Auc, 5), reviews = value.Reviews };

    private static (FitResult Fit, double Ms) Timed(Func<FitResult> fit)
    {
        var clock = Stopwatch.StartNew();
        return (fit(), clock.Elapsed.TotalMilliseconds);
    }
}
