using System.Text.RegularExpressions;
using Kelvin.Inspection.Onnx.Wire;
using Microsoft.ML.OnnxRuntime;

namespace Kelvin.Inspection.Onnx;

/// <summary>Tells what ONNX Runtime said as problem and remedy, with the node that is meant.</summary>
internal static partial class RuntimeFailure
{
    /// <summary>Why a model could not be loaded.</summary>
    public static InspectionException OfLoading(OnnxRuntimeException refused, OnnxFile file)
    {
        if (UnknownOperator().Match(refused.Message) is { Success: true } match)
        {
            string name = match.Groups["operator"].Value;
            NodeProto? node = file.Graph.Node.FirstOrDefault(node => node.OpType == name);
            string where = node is null ? "" : $" (node {node.Label()}{(node.Domain.Length > 0 ? $", domain {node.Domain}" : "")})";
            return new InspectionException(
                $"{file.Label} needs the operator {name}{where}, which ONNX Runtime {Version} does not have.",
                "Export the model with standard operators, of an operator set that this runtime knows.",
                refused);
        }

        return new InspectionException(
            $"{file.Label} cannot be loaded by ONNX Runtime {Version}: {Short(refused)}",
            "Check it with onnx.checker.check_model, or export it again.",
            refused);
    }

    /// <summary>Why a model could not be run.</summary>
    public static InspectionException OfRunning(OnnxRuntimeException refused, OnnxFile file)
    {
        Match match = FailedNode().Match(refused.Message);
        string where = match.Success ? $"at the {match.Groups["operator"].Value} node {match.Groups["node"].Value}: {match.Groups["reason"].Value.Trim()}" : $": {Short(refused)}";
        return new InspectionException($"{file.Label} stopped {where}", "The inputs do not fit the model: check their shapes and values, such as indexes beyond a table.", refused);
    }

    /// <summary>Version of the runtime.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();

    private static string Short(OnnxRuntimeException refused)
    {
        string line = refused.Message.ReplaceLineEndings(" ").Trim();
        return line.Length > 400 ? $"{line[..400]}…" : line;
    }

    [GeneratedRegex(
        @"(No Op registered for (?<operator>\w+)|(\w+:)?(?<operator>\w+)\(-?\d+\) is not a registered function/op|Failed to find kernel for (\w+\.)*(?<operator>\w+)\(|Could not find an implementation for (\w+\.)*(?<operator>\w+)\()",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnknownOperator();

    [GeneratedRegex(
        @"running (?<operator>\w+) node\. Name:'(?<node>[^']*)' Status Message: (?<reason>.*)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedNode();
}
