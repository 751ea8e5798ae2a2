(* Why every rule for claims about one system accepts true claims only. *)
From Exactdyn Require Export Rules.
Import ListNotations.
Open Scope Q_scope.

(* -- geometry that the rules use -- *)
Section Geometry.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).

Lemma hull_trans Y Y' x : (forall i, (i < n)%nat -> hull s Y (Y' i)) -> hull s Y' x -> hull s Y x.
Proof.
  intros H [w [[Hw H1] Hx]].
  destruct (choose (fun i v => convex n v /\ forall r, (r < d)%nat -> Y' i r == sum n (fun j => v j * Y j r)) n H) as [V HV].
  exists (fun j => sum n (fun i => w i * V i j)). split; [split|].
  - intros j Hj. apply sum_nonneg. intros i Hi. destruct (HV i Hi) as [[A _] _]. apply Qmult_le_0_compat; auto.
  - rewrite sum_swap, <- H1. apply sum_ext. intros i Hi. rewrite sum_scal. destruct (HV i Hi) as [[_ A] _]. rewrite A. ring.
  - intros r Hr. rewrite (Hx r Hr).
    rewrite (sum_ext n (fun j => sum n (fun i => w i * V i j) * Y j r) (fun j => sum n (fun i => w i * (V i j * Y j r)))).
    + rewrite sum_swap. apply sum_ext. intros i Hi. rewrite sum_scal. destruct (HV i Hi) as [_ A]. rewrite (A r Hr). reflexivity.
    + intros j _. rewrite <- sum_scal_r. apply sum_ext. intros; ring.
Qed.

Lemma hull_dot_le f Y x M : hull s Y x -> (forall j, (j < n)%nat -> dot s f (Y j) <= M) -> dot s f x <= M.
Proof.
  intros [w [Hw Hx]] H. rewrite (dot_ext s f f x _ (same_refl s f) Hx), dot_sum. apply mean_le; auto.
Qed.

Lemma not_extreme Y x w : convex n w -> (forall r, (r < d)%nat -> x r == sum n (fun j => w j * Y j r)) ->
  (forall j, (j < n)%nat -> 0 < w j -> ~ same s (Y j) x) -> ~ extreme s Y x.
Proof.
  intros [Hw H1] Hx Hne [_ He].
  assert (Hj : exists j, (j < n)%nat /\ 0 < w j).
  { clear - Hw H1. induction n as [|m IH]; simpl in H1; [lra|]. destruct (Qlt_le_dec 0 (w m)) as [|L]; [exists m; auto|].
    destruct IH as [j [A B]]; [intros; apply Hw; lia| |exists j; split; [lia|assumption]].
    assert (0 <= w m) by (apply Hw; lia). lra. }
  destruct Hj as [j [Hj Hp]].
  destruct (Qlt_le_dec (w j) 1) as [Hlt|Hge].
  - apply (Hne j Hj Hp). set (v := fun l => if Nat.eqb l j then 0 else w l).
    assert (Es' : forall f : nat -> Q, sum n (fun l => w l * f l) == w j * f j + sum n (fun l => v l * f l)).
    { intros f. rewrite (sum_split (fun l => w l * f l) n j Hj). apply Qplus_comp; [reflexivity|].
      apply sum_ext. intros l _. unfold v. destruct (Nat.eqb l j); ring. }
    assert (Hv1 : sum n v == 1 - w j).
    { specialize (Es' (fun _ => 1)). cbv beta in Es'.
      rewrite (sum_ext n (fun l => w l * 1) w) in Es' by (intros; ring). rewrite (sum_ext n (fun l => v l * 1) v) in Es' by (intros; ring). lra. }
    destruct (He (Y j) (fun r => sum n (fun l => (v l / (1 - w j)) * Y l r)) (1 - w j)) as [A _]; [apply hull_member, Hj| |lra|lra| |exact A].
    + exists (fun l => v l / (1 - w j)). split; [split|].
      * intros l Hl. apply Qle_shift_div_l; [lra|]. unfold v. destruct (Nat.eqb l j); [lra|]. specialize (Hw l Hl). lra.
      * unfold Qdiv. rewrite sum_scal_r, Hv1. field. lra.
      * intros; reflexivity.
    + intros r Hr. rewrite (Hx r Hr), Es'.
      rewrite (sum_ext n (fun l => v l / (1 - w j) * Y l r) (fun l => / (1 - w j) * (v l * Y l r))) by (intros; unfold Qdiv; ring).
      rewrite sum_scal. field. lra.
  - apply (Hne j Hj Hp). intros r Hr. rewrite (Hx r Hr). symmetry.
    assert (Hz : forall l, (l < n)%nat -> l <> j -> w l == 0).
    { intros l Hl Hne'. pose proof (sum_split w n j Hj) as E.
      assert (HZ : sum n (fun l => if Nat.eqb l j then 0 else w l) <= 0) by lra.
      pose proof (sum_nonneg_0 n (fun l => if Nat.eqb l j then 0 else w l)) as K.
      specialize (K ltac:(intros i Hi; cbv beta; destruct (Nat.eqb i j); [lra|apply Hw, Hi]) HZ l Hl). cbv beta in K.
      apply Nat.eqb_neq in Hne'. rewrite Hne' in K. exact K. }
    rewrite (sum_single n _ j Hj).
    + assert (w j == 1).
      { rewrite <- H1. symmetry. rewrite (sum_single n w j Hj Hz). reflexivity. }
      rewrite H. ring.
    + intros l Hl Hl'. rewrite (Hz l Hl Hl'). ring.
Qed.

Lemma same_step Y i j : same s (Y i) (Y j) -> same s (step s Y i) (step s Y j).
Proof.
  intros H. assert (Hb : forall l, (l < n)%nat -> attends_b s Y i l = attends_b s Y j l).
  { intros l Hl. apply eq_true_iff_eq. rewrite !attends_spec by assumption.
    split; intros [_ K]; (split; [assumption|]); intros m Hm; specialize (K m Hm).
    - rewrite <- (form_ext s _ _ _ (Y m) H (same_refl s _)), <- (form_ext s _ _ _ (Y l) H (same_refl s _)). exact K.
    - rewrite (form_ext s _ _ _ (Y m) H (same_refl s _)), (form_ext s _ _ _ (Y l) H (same_refl s _)). exact K. }
  intros r Hr. unfold step, attended. rewrite (H r Hr).
  assert (number s Y i == number s Y j) as ->.
  { apply sum_ext. intros l Hl. rewrite (Hb l Hl). reflexivity. }
  assert (sum n (fun l => if attends_b s Y i l then Y l r else 0) == sum n (fun l => if attends_b s Y j l then Y l r else 0)) as ->; [|reflexivity].
  apply sum_ext. intros l Hl. rewrite (Hb l Hl). reflexivity.
Qed.
Lemma same_later k m i j : (k <= m)%nat -> same s (run s k i) (run s k j) -> same s (run s m i) (run s m j).
Proof. intros H K. induction H as [|m H IH]; [assumption|]. apply (same_step (run s m)), IH. Qed.
(* two lists of the same points *)
Lemma same_hull m P Y x : (forall j, (j < m)%nat -> exists i, (i < n)%nat /\ same s (P j) (Y i)) ->
  (forall i, (i < n)%nat -> exists j, (j < m)%nat /\ same s (P j) (Y i)) -> (hull s Y x <-> exists w, gives s m P w x).
Proof.
  intros HP HY. split.
  - intros Hx. destruct (separation d m P x) as [[w [Hw Ex]]|[f [c [Hf Hxf]]]]; [exists w; split; assumption|]. exfalso.
    assert (K : dot s f x <= c); [|unfold dot in K; lra]. apply (hull_dot_le f Y x c Hx). intros i Hi. destruct (HY i Hi) as [j [Hj E]].
    rewrite <- (dot_ext s f f _ _ (same_refl s f) E). apply Hf, Hj.
  - intros [w [Hw Ex]]. destruct (separation d n Y x) as [[v [Hv Ev]]|[f [c [Hf Hxf]]]]; [exists v; split; assumption|]. exfalso.
    assert (K : dot s f x <= c); [|unfold dot in K; lra]. rewrite (dot_ext s f f x _ (same_refl s f) Ex), dot_sum. apply mean_le; [exact Hw|].
    intros j Hj _. destruct (HP j Hj) as [i [Hi E]]. rewrite (dot_ext s f f _ _ (same_refl s f) E). apply Hf, Hi.
Qed.
End Geometry.

Ltac split_bools := repeat match goal with
  | H : _ && _ = true |- _ => apply andb_true_iff in H; destruct H
  | H : Nat.ltb _ _ = true |- _ => apply Nat.ltb_lt in H
  | H : Nat.leb _ _ = true |- _ => apply Nat.leb_le in H
  | H : Nat.eqb _ _ = true |- _ => apply Nat.eqb_eq in H
  | H : negb (Nat.eqb _ _) = true |- _ => apply negb_true_iff, Nat.eqb_neq in H
  | H : Qeq_bool _ _ = true |- _ => apply Qeq_bool_iff in H
  | H : Qle_bool _ _ = true |- _ => apply Qle_bool_iff in H
  | H : Qlt_bool _ _ = true |- _ => apply Qlt_bool_ok in H
  end.

Section Sound.
Variable s : listed.
Variable N : nat.
Variable ls : list layer.
Hypothesis Hwf : wellformed s = true.
Notation S' := (system_of s).
Notation n := (size S').
Notation d := (dim S').
Hypothesis Hgood : forall k l, nth_error ls k = Some l -> good S' l k.

Let G k (H : (k < length ls)%nat) : good S' (layer_at ls k) k := lay_good s ls Hgood k H.

Lemma same_point k i j : (k < length ls)%nat -> (i < n)%nat -> (j < n)%nat ->
  (same_b d (point (layer_at ls k) i) (point (layer_at ls k) j) = true <-> same S' (run S' k i) (run S' k j)).
Proof.
  intros H Hi Hj. rewrite same_b_ok. pose proof (point_same _ _ _ i (G k H) Hi) as A. pose proof (point_same _ _ _ j (G k H) Hj) as B.
  split; intros K.
  - apply same_trans with (point (layer_at ls k) i); [apply same_sym, A|]. apply same_trans with (point (layer_at ls k) j); assumption.
  - apply same_trans with (run S' k i); [assumption|]. apply same_trans with (run S' k j); [assumption|]. apply same_sym, B.
Qed.
Lemma form_point k i : (k < length ls)%nat -> (i < n)%nat -> reduced_form s (point (layer_at ls k) i) (point (layer_at ls k) i) == form S' (run S' k i) (run S' k i).
Proof. intros H Hi. rewrite reduced_form_ok. apply form_ext; apply point_same; auto. Qed.
Lemma dot_point f k i : (k < length ls)%nat -> (i < n)%nat -> reduced_dot d f (point (layer_at ls k) i) == dot S' f (run S' k i).
Proof. intros H Hi. rewrite reduced_dot_ok. apply dot_ext; [apply same_refl|apply point_same; auto]. Qed.

Lemma chain_ok m f : chain ls m f = true -> (m < length ls)%nat /\ forall k, (k < m)%nat -> f k (layer_at ls k) (layer_at ls (S k)) = true.
Proof. unfold chain. intros H. split_bools. split; [assumption|]. apply below_ok. assumption. Qed.

Lemma exposes_ok f k i : (k < length ls)%nat -> (i < n)%nat -> exposes_b d n f (layer_at ls k) i = true -> exposes S' f (run S' k) i.
Proof.
  intros H Hi E j Hj Hne. unfold exposes_b in E. rewrite below_ok in E. specialize (E j Hj). apply orb_true_iff in E.
  destruct E as [E|E]; [apply same_point in E; tauto|]. apply Qlt_bool_ok in E. rewrite !dot_point in E by assumption. exact E.
Qed.

Lemma grows_ok k i : (S k < length ls)%nat -> (i < n)%nat ->
  (grows s (layer_at ls k) (layer_at ls (S k)) i = true <->
   form S' (run S' k i) (run S' k i) <= form S' (run S' (S k) i) (run S' (S k) i) /\
   (form S' (run S' (S k) i) (run S' (S k) i) == form S' (run S' k i) (run S' k i) -> same S' (run S' (S k) i) (run S' k i))).
Proof.
  intros H Hi. unfold grows. cbv zeta. rewrite orb_true_iff, andb_true_iff, Qlt_bool_ok, Qeq_bool_iff.
  change (length (listed_A s)) with d. rewrite same_b_ok.
  rewrite !form_point by (try assumption; lia).
  assert (E : same S' (point (layer_at ls (S k)) i) (point (layer_at ls k) i) <-> same S' (run S' (S k) i) (run S' k i)).
  { pose proof (point_same _ _ _ i (G (S k) H) Hi) as A. pose proof (point_same _ _ _ i (G k ltac:(lia)) Hi) as B.
    split; intros K.
    - apply same_trans with (point (layer_at ls (S k)) i); [apply same_sym, A|]. apply same_trans with (point (layer_at ls k) i); assumption.
    - apply same_trans with (run S' (S k) i); [assumption|]. apply same_trans with (run S' k i); [assumption|]. apply same_sym, B. }
  rewrite E. split.
  - intros [K|[K L]]; split; try lra; auto.
  - intros [K L]. destruct (Qlt_le_dec (form S' (run S' k i) (run S' k i)) (form S' (run S' (S k) i) (run S' (S k) i))); [left; assumption|right].
    assert (form S' (run S' k i) (run S' k i) == form S' (run S' (S k) i) (run S' (S k) i)) by lra. split; [assumption|]. apply L. lra.
Qed.

Lemma first_lead_ok i k : (N < length ls)%nat -> (i < n)%nat -> (k <= N)%nat -> leader S' k i ->
  exists k0, first_lead n ls N i = Some k0 /\ (k0 <= k)%nat.
Proof.
  intros H Hi Hk Hl. unfold first_lead.
  assert (K : forall a m, (a <= k)%nat -> (k < a + m)%nat -> exists k0, find (fun k => leads n (layer_at ls k) i) (seq a m) = Some k0 /\ (k0 <= k)%nat).
  { intros a m. revert a. induction m as [|m IH]; intros a Ha Hm; [lia|]. cbn [seq find].
    destruct (leads n (layer_at ls a) i) eqn:E; [exists a; auto|].
    destruct (Nat.eq_dec a k) as [->|]; [|apply IH; lia].
    apply (leads_ok S' _ _ i (G k ltac:(lia)) Hi) in Hl. change (size S') with n in Hl. congruence. }
  apply K; lia.
Qed.

Lemma combination_ok k p w r i x : (0 < p)%nat -> (k + (p + p * length w) < length ls)%nat -> (r <= p)%nat -> (i < n)%nat -> (x < d)%nat ->
  combine_b ls k p w r i x == comb S' k p (length w) (fun j => nth j w 0) r i x.
Proof.
  intros Hp H Hr Hi Hx. unfold combine_b, comb. rewrite reduced_sum_ok. apply sum_ext. intros j Hj.
  rewrite (point_ok S' _ (k + (r + p * j)) i x); try assumption; [reflexivity|].
  apply G. assert (p * j <= p * length w)%nat by (apply Nat.mul_le_mono_l; lia). lia.
Qed.

Lemma equal_ok f g : equal_combinations n d f g = true -> forall i x, (i < n)%nat -> (x < d)%nat -> f i x == g i x.
Proof.
  unfold equal_combinations. rewrite below_ok. intros H i x Hi Hx. specialize (H i Hi). rewrite below_ok in H.
  apply Qeq_bool_iff, H, Hx.
Qed.

Lemma hulls (HN : forall k i, (S k <= N)%nat -> (i < n)%nat -> hull S' (run S' k) (run S' (S k) i)) : hull_shrinkage S' (Some N).
Proof. intros k Hk x. simpl in Hk. apply hull_trans. intros i Hi. apply HN; assumption. Qed.

Lemma n_pos' : (0 < n)%nat.
Proof. apply (n_pos s Hwf). Qed.
Lemma lsum_zero ps : lsum ps (fun _ => 0) == 0.
Proof. induction ps as [|p ps IH]; [reflexivity|]. rewrite lsum_cons, IH. reflexivity. Qed.

Lemma rest_ok it w : rest_b s ls it w = true ->
  (0 < it_period it)%nat /\ (it_layer it + (it_period it + it_period it * length w) < length ls)%nat /\
  (forall m i l, (i < n)%nat -> (l < n)%nat ->
    attends_b S' (run S' (it_layer it + m)) i l = attends_b S' (run S' (it_layer it + m mod it_period it)) i l) /\
  0 <= tau S' /\ tau S' < 1 /\ sum (length w) (fun j => nth j w 0) == 1 /\
  forall i x, (i < n)%nat -> (x < d)%nat ->
    comb S' (it_layer it) (it_period it) (length w) (fun j => nth j w 0) (it_period it) i x ==
    comb S' (it_layer it) (it_period it) (length w) (fun j => nth j w 0) 0 i x.
Proof.
  unfold rest_b. cbv zeta. change (length (listed_A s)) with d. change (length (listed_tokens s)) with n. intros H. split_bools.
  match goal with E : itinerary_b _ _ _ = true |- _ => destruct (itinerary_ok s ls Hwf Hgood it E) as [Hp Hrep] end.
  match goal with E : 0 <= listed_alpha s |- _ => apply Qle_bool_iff in E; apply tau_bounds in E; destruct E as [T0 T1] end.
  match goal with E : reduced_sum _ _ == 1 |- _ => rewrite reduced_sum_ok in E end.
  repeat (split; [assumption|]). intros i x Hi Hx. rewrite <- !combination_ok by (try assumption; lia).
  match goal with E : equal_combinations _ _ _ _ = true |- _ => exact (equal_ok _ _ E i x Hi Hx) end.
Qed.

Lemma limit_table it w i x : (0 < it_period it)%nat -> (it_layer it + (it_period it + it_period it * length w) < length ls)%nat ->
  (i < n)%nat -> (x < d)%nat ->
  entry (tabulate n d (combine_b ls (it_layer it) (it_period it) w 0)) i x ==
  L S' (it_layer it) (it_period it) (length w) (fun j => nth j w 0) i x.
Proof.
  intros Hp Hlen Hi Hx. unfold entry, tabulate.
  rewrite (nth_map _ (seq 0 n) i 0%nat []) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. cbn [Nat.add].
  rewrite (nth_map _ (seq 0 d) x 0%nat 0) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. cbn [Nat.add].
  unfold L. apply combination_ok; try assumption; lia.
Qed.

Lemma exposes_limit_ok f l l' i : (forall j x, (j < n)%nat -> (x < d)%nat -> l j x == l' j x) -> (i < n)%nat ->
  exposes_limit d n f l i = true -> exposes S' f l' i.
Proof.
  intros E Hi H j Hj Hne. unfold exposes_limit in H. rewrite below_ok in H. specialize (H j Hj). apply orb_true_iff in H.
  destruct H as [H|H].
  - exfalso. apply Hne. apply same_b_ok in H. intros r Hr. rewrite <- !E by assumption. apply H, Hr.
  - apply Qlt_bool_ok in H. rewrite !reduced_dot_ok in H.
    rewrite <- (dot_ext S' f f (l j) (l' j) (same_refl S' f)) by (intros r Hr; apply E; assumption).
    rewrite <- (dot_ext S' f f (l i) (l' i) (same_refl S' f)) by (intros r Hr; apply E; assumption). exact H.
Qed.

(* along the layers k, k+p, k+2p, ... the tokens tend to l, and at layer k leads who ever leads *)
Definition Ends (k p : nat) (l : state) : Prop :=
  (0 < p)%nat /\ (k < length ls)%nat /\ 0 <= tau S' /\ tau S' < 1 /\
  (forall x eps, (x < d)%nat -> 0 < eps -> exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run S' (k + p * m) i x - l i x) <= eps) /\
  (forall m i, (i < n)%nat -> leader S' m i -> leader S' k i).
Lemma belongs_ok l i : belongs_b s n l i = true <-> belongs_at S' l i.
Proof.
  unfold belongs_b, belongs_at. rewrite andb_true_iff, negb_true_iff, <- not_true_iff_false, below_ok.
  change (length (listed_A s)) with d. rewrite same_b_ok.
  split; intros [K M]; (split; [exact K|]); intros j Hj; specialize (M j Hj).
  - apply Qle_bool_iff in M. rewrite !reduced_form_ok in M. exact M.
  - apply Qle_bool_iff. rewrite !reduced_form_ok. exact M.
Qed.
Lemma rest_ends it w : rest_b s ls it w = true -> Ends (it_layer it) (it_period it) (ends_of s ls it w).
Proof.
  intros E. destruct (rest_ok it w E) as [Hp [Hlen [Hrep [T0 [T1 [Hw Hrest]]]]]].
  split; [assumption|]. split; [lia|]. split; [assumption|]. split; [assumption|]. split.
  - intros x eps Hx He. destruct (locked_along S' (it_layer it) (it_period it) Hp Hrep T0 T1 (length w) (fun j => nth j w 0) Hw Hrest x eps Hx He) as [m0 H0].
    exists m0. intros m i Hm Hi. specialize (H0 m i Hm Hi). unfold ends_of. rewrite limit_table by assumption. exact H0.
  - exact (locked_first S' (it_layer it) (it_period it) Hp Hrep T0 T1).
Qed.
Lemma phases_ok it w : rest_b s ls it w = true -> phases_rest s ls it w (ends_of s ls it w) = true -> forall i, (i < n)%nat -> tends S' i (ends_of s ls it w i).
Proof.
  intros E F i Hi. destruct (rest_ok it w E) as [Hp [Hlen [Hrep [T0 [T1 [Hw Hrest]]]]]].
  apply (tends_same S' i (L S' (it_layer it) (it_period it) (length w) (fun j => nth j w 0) i)).
  - intros x Hx. symmetry. apply limit_table; assumption.
  - apply (locked_ends S' (it_layer it) (it_period it) Hp Hrep T0 T1 (length w) (fun j => nth j w 0) Hw Hrest); [|exact Hi].
    intros r i' x Hr Hi' Hx. unfold phases_rest in F. rewrite below_ok in F. specialize (F r Hr). pose proof (equal_ok _ _ F i' x Hi' Hx) as Q1.
    unfold ends_of in Q1. rewrite limit_table in Q1 by assumption. rewrite combination_ok in Q1 by (try assumption; lia). exact Q1.
Qed.
Lemma basin_ok b : basin_b s ls b = true -> Ends (b_layer b) 1 (basin_ends s ls b) /\ forall i, (i < n)%nat -> tends S' i (basin_ends s ls b i).
Proof.
  intros H. unfold basin_b in H. cbv zeta in H. change (length (listed_A s)) with d in H. change (length (listed_tokens s)) with n in H. split_bools.
  match goal with E : below n _ = true |- _ => rewrite below_ok in E; rename E into HB end.
  match goal with E : forallb _ (b_targets b) = true |- _ => rewrite forallb_forall in E; rename E into HT end.
  match goal with E : factorisation_b _ _ _ _ = true |- _ => pose proof (factorisation_b_ok s false _ _ E) as HS end.
  assert (Qle_bool 0 (listed_alpha s) = true) as HA by (apply Qle_bool_iff; lra). apply tau_bounds in HA. destruct HA as [_ T1].
  assert (T0 : 0 < tau S') by (unfold tau; simpl; apply Qlt_shift_div_l; lra).
  set (k := b_layer b) in *. set (t := target_of b) in *. assert (Gk := G k ltac:(assumption)).
  assert (Tn : forall i, (i < n)%nat -> (t i < n)%nat).
  { intros i Hi. apply Nat.ltb_lt, HT. apply nth_In. lia. }
  assert (Fol : forall i j, (i < n)%nat -> (j < n)%nat -> (follows (layer_at ls k) i j = true <-> attends S' (run S' k) i j)).
  { intros i j Hi Hj. rewrite (follows_ok S' _ k i j Gk Hi Hj). apply attends_spec, Hj. }
  assert (Sc : forall i j, (i < n)%nat -> (j < n)%nat -> reduced_form s (point (layer_at ls k) i) (point (layer_at ls k) j) == form S' (run S' k i) (run S' k j)).
  { intros i j Hi Hj. rewrite reduced_form_ok. apply form_ext; apply (point_same S'); assumption. }
  assert (HB' : forall i, (i < n)%nat -> follows (layer_at ls k) (t i) (t i) = true /\
    (forall j, (j < n)%nat -> follows (layer_at ls k) (t i) j = true -> same_b d (point (layer_at ls k) j) (point (layer_at ls k) (t i)) = true /\ t j = t i) /\
    (forall j, (j < n)%nat -> t j <> t i -> form S' (run S' k i) (run S' k j) < form S' (run S' k i) (run S' k (t i))) /\
    (follows (layer_at ls k) (t i) i = true \/ form S' (run S' k i) (run S' k i) < form S' (run S' k i) (run S' k (t i)))).
  { intros i Hi. specialize (HB i Hi). cbv beta zeta in HB. fold t in HB. rewrite !andb_true_iff in HB. destruct HB as [[[B1 B2] B3] B4]. rewrite below_ok in B2, B3.
    split; [exact B1|]. split; [|split].
    - intros j Hj F. specialize (B2 j Hj). rewrite F in B2. cbn [implb] in B2. apply andb_true_iff in B2. destruct B2 as [A1 A2]. apply Nat.eqb_eq in A2. auto.
    - intros j Hj Hne. specialize (B3 j Hj). apply orb_true_iff in B3. destruct B3 as [A1|A1]; [apply Nat.eqb_eq in A1; contradiction|].
      apply Qlt_bool_ok in A1. rewrite !Sc in A1 by (try assumption; apply Tn; assumption). exact A1.
    - apply orb_true_iff in B4. destruct B4 as [A1|A1]; [left; exact A1|right]. apply Qlt_bool_ok in A1. rewrite !Sc in A1 by (try assumption; apply Tn; assumption). exact A1. }
  assert (L1 : forall i, (i < n)%nat -> attends S' (run S' k) (t i) (t i)) by (intros i Hi; apply Fol; [apply Tn, Hi..|apply HB', Hi]).
  assert (L2 : forall i j, (i < n)%nat -> (j < n)%nat -> attends S' (run S' k) (t i) j -> same S' (run S' k j) (run S' k (t i)) /\ t j = t i).
  { intros i j Hi Hj Ha. apply Fol in Ha; [|apply Tn, Hi|assumption]. destruct (HB' i Hi) as [_ [B2 _]]. destruct (B2 j Hj Ha) as [A1 A2].
    split; [|assumption]. apply (same_point k) in A1; [exact A1|assumption|assumption|apply Tn, Hi]. }
  assert (L3 : forall i j, (i < n)%nat -> (j < n)%nat -> t j <> t i -> form S' (run S' k i) (run S' k j) < form S' (run S' k i) (run S' k (t i))).
  { intros i j Hi Hj Hne. apply (HB' i Hi); assumption. }
  assert (L4 : forall i, (i < n)%nat -> attends S' (run S' k) (t i) i \/ form S' (run S' k i) (run S' k i) < form S' (run S' k i) (run S' k (t i))).
  { intros i Hi. destruct (HB' i Hi) as [_ [_ [_ [A|A]]]]; [left; apply Fol; [apply Tn, Hi|assumption|exact A]|right; exact A]. }
  assert (Table : forall i x, (i < n)%nat -> (x < d)%nat -> basin_ends s ls b i x == run S' k (t i) x).
  { intros i x Hi Hx. unfold basin_ends, entry, tabulate. fold k. fold t. change (length (listed_A s)) with d. change (length (listed_tokens s)) with n.
    rewrite (nth_map _ (seq 0 n) i 0%nat []) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. cbn [Nat.add].
    rewrite (nth_map _ (seq 0 d) x 0%nat 0) by (rewrite seq_length; assumption). rewrite seq_nth by assumption. cbn [Nat.add].
    apply (point_ok S'); [assumption|apply Tn, Hi|assumption]. }
  split; [split; [lia|]; split; [assumption|]; split; [lra|]; split; [assumption|]; split|].
  - intros x eps Hx He. destruct (basin_along S' T0 T1 HS k t Tn L1 L2 L3 L4 x eps Hx He) as [m0 H0]. exists m0. intros m i Hm Hi.
    rewrite (Table i x Hi Hx). apply H0; assumption.
  - exact (basin_first_leader S' T0 T1 HS k t Tn L1 L2 L3 L4).
  - intros i Hi. apply (tends_same S' i (run S' k (t i))); [intros x Hx; symmetry; apply Table; assumption|].
    exact (basin_tends S' T0 T1 HS k t Tn L1 L2 L3 L4 i Hi).
Qed.
Lemma vertex_ok k p l functionals combinations : Ends k p l -> (0 < n)%nat ->
  vertex_b d n (leads n (layer_at ls k)) l functionals combinations = true -> leader_vertex S'.
Proof.
  intros [Hp [Hk [T0 [T1 [Al Fi]]]]] Hn H. unfold vertex_b in H. cbv zeta in H. split_bools.
  apply (vertex_holds_at_ends S' k p Hp T0 T1 l Al Fi Hn).
  - intros i Hi Hl.
    match goal with E : forallb _ (combine _ _) = true |- _ => rewrite forallb_forall in E; rename E into HF end.
    assert (Hin : In i (filter (leads n (layer_at ls k)) (seq 0 n))).
    { apply filter_In. split; [apply in_seq; change (size S') with n in Hi; lia|]. apply (leads_ok S' _ _ i (G k Hk) Hi), Hl. }
    apply (In_nth _ _ 0%nat) in Hin. destruct Hin as [t [Ht Et]].
    exists (vec (nth t functionals [])).
    specialize (HF (i, nth t functionals [])). cbn [fst snd] in HF.
    apply (exposes_limit_ok _ l l _ (fun i' x Hi' Hx => Qeq_refl _) Hi). apply HF.
    rewrite <- Et at 1. rewrite <- combine_nth by (symmetry; assumption). apply nth_In. rewrite combine_length. lia.
  - intros i Hi.
    match goal with E : below n _ = true |- _ => rewrite below_ok in E; specialize (E i Hi); apply andb_true_iff in E; destruct E as [C F] end.
    apply is_combination_ok in C. destruct C as [C [T E]]. exists (weigh (nth i combinations [])). split; [assumption|]. split; [exact E|].
    intros j Hj Hpos. rewrite forallb_forall in F.
    assert (Hex : exists q, In q (nth i combinations []) /\ fst q = j).
    { destruct (existsb (fun q => Nat.eqb (fst q) j) (nth i combinations [])) eqn:Ex.
      - apply existsb_exists in Ex. destruct Ex as [q [A B]]. apply Nat.eqb_eq in B. exists q. auto.
      - exfalso. assert (weigh (nth i combinations []) j == 0); [|lra].
        assert (weigh (nth i combinations []) j == lsum (nth i combinations []) (fun p => 0)) as ->.
        { apply lsum_ext. intros q Hin. destruct (Nat.eqb (fst q) j) eqn:Ej; [|reflexivity].
          assert (existsb (fun q => Nat.eqb (fst q) j) (nth i combinations []) = true); [|congruence].
          apply existsb_exists. exists q. auto. }
        apply lsum_zero. }
    destruct Hex as [q [Hq <-]]. apply (leads_ok S' _ _ (fst q) (G k Hk) Hj). apply F, Hq.
Qed.
Lemma unled_ok k p l i f : Ends k p l -> unled_b d n (leads n (layer_at ls k)) l i f = true -> ~ leader_vertex S'.
Proof.
  intros [Hp [Hk [T0 [T1 [Al Fi]]]]] H. unfold unled_b in H. split_bools.
  apply (vertex_fails_at_ends S' k p Hp T0 T1 l Al Fi (vec f) i); [assumption| |].
  - match goal with E : exposes_limit _ _ _ _ _ = true |- _ => exact (exposes_limit_ok (vec f) l l i (fun i' x Hi' Hx => Qeq_refl _) ltac:(assumption) E) end.
  - intros j Hj Hl Hs.
    match goal with E : below n _ = true |- _ => rewrite below_ok in E; specialize (E j Hj); apply negb_true_iff in E; rewrite <- not_true_iff_false in E; apply E end.
    apply andb_true_iff. split; [apply (leads_ok S' _ _ j (G k Hk) Hj), Hl|apply same_b_ok, Hs].
Qed.
Lemma all_belong_ok l : all_belong_b s n l = true -> forall i, (i < n)%nat -> belongs_at S' l i.
Proof. unfold all_belong_b. rewrite below_ok. intros H i Hi. apply belongs_ok, H, Hi. Qed.
Lemma set_definite_ok k p l lower diagonal : Ends k p l -> (forall i, (i < n)%nat -> tends S' i (l i)) ->
  factorisation_b s true lower diagonal = true -> all_belong_b s n l = true -> limit_set S'.
Proof.
  intros [Hp [Hk [T0 [T1 [Al Fi]]]]] Ht Hf Hb. apply (set_holds_at_ends S' k p Hp T0 T1 l Al); [exact (factorisation_b_ok s true _ _ Hf)|exact Ht|apply all_belong_ok, Hb].
Qed.
(* the different points of a list, each by its first token *)
Lemma distinct_points (l : state) firsts : firsts = filter (fun i => below i (fun j => negb (same_b d (l i) (l j)))) (seq 0 n) ->
  (forall j, (j < length firsts)%nat -> (nth j firsts 0 < n)%nat) /\
  forall i, (i < n)%nat -> exists j, (j < length firsts)%nat /\ same S' (l (nth j firsts 0%nat)) (l i).
Proof.
  intros E. split.
  - intros j Hj. assert (I : In (nth j firsts 0%nat) firsts) by (apply nth_In, Hj). rewrite E in I at 2. apply filter_In in I. destruct I as [I _]. apply in_seq in I. lia.
  - intros i. induction i as [i IH] using lt_wf_ind. intros Hi. destruct (below i (fun j => negb (same_b d (l i) (l j)))) eqn:B.
    + assert (I : In i firsts) by (rewrite E; apply filter_In; split; [apply in_seq; lia|exact B]).
      apply (In_nth _ _ 0%nat) in I. destruct I as [j [Hj Ej]]. exists j. split; [assumption|]. rewrite Ej. apply same_refl.
    + rewrite <- not_true_iff_false, below_ok in B.
      assert (X : exists j, (j < i)%nat /\ same_b d (l i) (l j) = true).
      { clear - B. induction i as [|i IH]; [exfalso; apply B; intros; lia|].
        destruct (same_b d (l (S i)) (l i)) eqn:S0; [exists i; split; [lia|exact S0]|].
        assert (Y : ~ (forall j, (j < i)%nat -> negb (same_b d (l (S i)) (l j)) = true)).
        { intros K. apply B. intros j Hj. destruct (Nat.eq_dec j i) as [->|]; [rewrite S0; reflexivity|apply K; lia]. }
        clear - Y. assert (Z : forall k, ~ (forall j, (j < k)%nat -> negb (same_b d (l (S i)) (l j)) = true) -> exists j, (j < k)%nat /\ same_b d (l (S i)) (l j) = true).
        { induction k as [|k IHk]; intros N0; [exfalso; apply N0; intros; lia|]. destruct (same_b d (l (S i)) (l k)) eqn:Sk; [exists k; split; [lia|exact Sk]|].
          destruct IHk as [j [Hj Ej]]; [|exists j; split; [lia|exact Ej]]. intros K. apply N0. intros j Hj. destruct (Nat.eq_dec j k) as [->|]; [rewrite Sk; reflexivity|apply K; lia]. }
        destruct (Z i Y) as [j [Hj Ej]]. exists j. split; [lia|exact Ej]. }
      destruct X as [j [Hj Ej]]. destruct (IH j Hj ltac:(lia)) as [q [Hq Eq]]. exists q. split; [assumption|].
      apply (same_trans S' _ (l j)); [exact Eq|apply same_sym, same_b_ok, Ej].
Qed.
Lemma set_rigid_ok k p l : Ends k p l -> (forall i, (i < n)%nat -> tends S' i (l i)) -> rigid_ends_b s l = true -> all_belong_b s n l = true -> limit_set S'.
Proof.
  intros [Hp [Hk [T0 [T1 [Al Fi]]]]] Ht Hr Hb. unfold rigid_ends_b in Hr. cbv zeta in Hr.
  change (length (listed_A s)) with d in Hr. change (length (listed_tokens s)) with n in Hr.
  set (firsts := filter (fun i => below i (fun j => negb (same_b d (l i) (l j)))) (seq 0 n)) in *.
  pose proof (distinct_points l firsts eq_refl) as [F1 F2].
  assert (HK : forall x, limit_polytope S' x <-> exists w, gives S' (length firsts) (fun j => l (nth j firsts 0%nat)) w x).
  { intros x. rewrite (hull_of_ends S' k p Hp T0 T1 l Al). apply (same_hull S' (length firsts)).
    - intros j Hj. exists (nth j firsts 0%nat). split; [apply F1, Hj|apply same_refl].
    - exact F2. }
  pose proof (rigid_finite S' _ _ _ (reduced_form_ok s) _ HK Hr) as HF.
  apply (set_finite_at_ends S' k p Hp T0 T1 l Al); [exact HF|exact (finite_boundary S' (limit_polytope S') HF)|exact Ht|apply all_belong_ok, Hb].
Qed.
Lemma astray_ok k p l i limit : Ends k p l -> astray_b s n l i limit = true -> ~ limit_set S'.
Proof.
  intros [Hp [Hk [T0 [T1 [Al Fi]]]]] H. unfold astray_b in H. split_bools. apply (set_fails_at_ends S' k p Hp T0 T1 l Al i); [assumption|].
  match goal with E : negb (belongs_b _ _ _ _) = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false, belongs_ok in E; exact E end.
Qed.

Lemma diverges_ok it coefficients factor token phase : diverges_b s ls it coefficients factor token phase = true ->
  ~ forall i, (i < n)%nat -> converges S' i.
Proof.
    unfold diverges_b. cbv zeta. change (length (listed_A s)) with d. change (length (listed_tokens s)) with n. intros H. split_bools. set (k := it_layer it) in *. set (p := it_period it) in *.
    match goal with E : itinerary_b _ _ _ = true |- _ => destruct (itinerary_ok s ls Hwf Hgood it E) as [Hp Hrep] end.
    fold k in Hrep. fold p in Hrep, Hp.
    match goal with E : equal_combinations _ _ _ _ = true |- _ => pose proof (equal_ok _ _ E) as Hf end. cbv beta in Hf.
    assert (Hf' : forall i x, (i < n)%nat -> (x < d)%nat ->
       comb S' k p (length coefficients) (fun j => nth j coefficients 0) p i x == factor * comb S' k p (length coefficients) (fun j => nth j coefficients 0) 0 i x).
    { intros i x Hi Hx. rewrite <- !combination_ok by (try assumption; lia). apply Hf; assumption. }
    assert (Some_coordinate : forall u v, negb (same_b d u v) = true -> exists x, (x < d)%nat /\ ~ u x == v x).
    { intros u v E. apply negb_true_iff in E. unfold same_b, below in E. 
      destruct (forallb_forall (fun r => Qeq_bool (u r) (v r)) (seq 0 d)) as [_ F].
      destruct (existsb (fun r => negb (Qeq_bool (u r) (v r))) (seq 0 d)) eqn:Ex.
      - apply existsb_exists in Ex. destruct Ex as [x [A B]]. apply in_seq in A. exists x. split; [lia|].
        apply negb_true_iff in B. intros C. apply Qeq_bool_iff in C. congruence.
      - exfalso. rewrite F in E; [discriminate|]. intros x Hx. destruct (Qeq_bool (u x) (v x)) eqn:Eq; [reflexivity|].
        assert (existsb (fun r => negb (Qeq_bool (u r) (v r))) (seq 0 d) = true); [|congruence].
        apply existsb_exists. exists x. split; [assumption|]. rewrite Eq. reflexivity. }
    intros K. specialize (K token ltac:(assumption)). revert K.
    destruct (Nat.eqb phase 0) eqn:Er; split_bools.
    + match goal with E : negb (same_b _ _ _) = true |- _ => destruct (Some_coordinate _ _ E) as [x [Hx Hne]] end.
      rewrite combination_ok in Hne by (try assumption; lia).
      apply (growth_diverges S' k p Hp Hrep (length coefficients) (fun j => nth j coefficients 0) factor token x); try assumption.
      match goal with E : _ || _ = true |- _ => apply orb_true_iff in E; destruct E as [E|E] end; split_bools; [left; assumption|right].
      rewrite <- reduced_sum_ok. auto.
    + match goal with E : negb (same_b _ _ _) = true |- _ => destruct (Some_coordinate _ _ E) as [x [Hx Hne]] end.
      rewrite !combination_ok in Hne by (try assumption; lia).
      apply (phases_diverge S' k p Hp Hrep (length coefficients) (fun j => nth j coefficients 0) token x phase); try assumption.
      intros i y Hi Hy. rewrite Hf' by assumption. match goal with E : factor == 1 |- _ => rewrite E end. ring.
Qed.

Lemma spreads_ok lower diagonal k i a b : spreads_b s ls lower diagonal k i a b = true -> ~ forall i, (i < n)%nat -> converges S' i.
Proof.
  intros H. unfold spreads_b in H. cbv zeta in H. split_bools. change (length (listed_tokens s)) with n in *.
  match goal with E : factorisation_b _ _ _ _ = true |- _ => apply (factorisation_b_ok _ false) in E; rename E into HD end.
  apply (spreading_hulls S') with (k := k) (i := i) (a := a) (b := b); try assumption.
  - match goal with E : tau_of s < 0 |- _ => unfold tau_of in E; rewrite Qred_correct in E; exact E end.
  - intros x. specialize (HD x). rewrite negated_form in HD. lra.
  - match goal with E : reduced_form _ _ _ < _ |- _ => rewrite !reduced_form_ok in E; rename E into HF end.
    assert (P : forall j, (j < n)%nat -> same S' (point (layer_at ls k) j) (run S' k j)) by (intros j Hj; apply (point_same S'); [apply G; assumption|exact Hj]).
    rewrite <- (form_ext S' _ _ _ _ (P i ltac:(assumption)) (P b ltac:(assumption))), <- (form_ext S' _ _ _ _ (P i ltac:(assumption)) (P a ltac:(assumption))). exact HF.
Qed.

Theorem check_claim_ok c : check_claim s N ls c = true -> means S' N c.
Proof.
  destruct c; cbn [check_claim means]; cbv zeta;
    change (length (listed_A s)) with d; change (length (listed_tokens s)) with n; intros H.
  - apply symmetric_b_ok, H.
  - split_bools. intros K. specialize (K row column ltac:(assumption) ltac:(assumption)). cbn in K.
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false in E; apply E, Qeq_bool_iff end. lra.
  - exact (factorisation_b_ok s true _ _ H).
  - split_bools. intros K. specialize (K (vec x)).
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false in E; rewrite same_b_ok in E; specialize (K E) end.
    rewrite <- reduced_form_ok in K. lra.
  - apply Qlt_bool_ok, H.
  - split_bools. unfold positive_alpha. simpl. lra.
  - rewrite below_ok in H. intros i Hi K. specialize (H i Hi). apply negb_true_iff in H. rewrite <- not_true_iff_false in H.
    apply H. apply same_b_ok, K.
  - split_bools. intros K. apply (K token); [assumption|]. apply same_b_ok. assumption.
  - rewrite below_ok in H. assert (H' : forall i j, (j < i)%nat -> (i < n)%nat -> ~ same S' (tokens S' i) (tokens S' j)).
    { intros i j Hj Hi K. specialize (H i Hi). rewrite below_ok in H. specialize (H j Hj). apply negb_true_iff in H.
      rewrite <- not_true_iff_false in H. apply H, same_b_ok, K. }
    intros i j Hi Hj Hne K. destruct (Nat.lt_ge_cases j i) as [L|L].
    + exact (H' i j L Hi K).
    + apply (H' j i ltac:(lia) Hj). apply same_sym, K.
  - split_bools. intros K. apply (K i j); try assumption. apply same_b_ok. assumption.
  - (* HullEvery *) apply tau_bounds in H. intros k _ x. apply (convex_step S' (run S' k)); lra.
  - split_bools. match goal with E : chain _ _ _ = true |- _ => apply chain_ok in E; destruct E as [HL HC] end.
    apply hulls. intros k i Hk Hi. specialize (HC k ltac:(lia)). rewrite below_ok in HC. specialize (HC i Hi).
    apply is_combination_ok in HC. destruct HC as [C [_ E]]. exists (weigh (nth i (nth k weights []) [])). split; [assumption|].
    intros r Hr. rewrite <- (point_ok S' _ _ i r (G (S k) ltac:(lia)) Hi Hr), (E r Hr). apply sum_ext. intros j Hj.
    rewrite (point_ok S' _ _ j r (G k ltac:(lia)) Hj Hr). reflexivity.
  - split_bools. intros K.
    assert (Hh : hull S' (run S' layer) (run S' (S layer) token)) by (apply (K layer); [simpl; lia|apply hull_member; assumption]).
    apply (hull_dot_le S' (vec f) _ _ before) in Hh.
    + rewrite <- (dot_point (vec f) (S layer) token) in Hh by (try assumption; lia). lra.
    + intros j Hj. rewrite <- (dot_point (vec f) layer j) by (try assumption; lia).
      match goal with E : below _ _ = true |- _ => rewrite below_ok in E; specialize (E j Hj); apply Qle_bool_iff in E; exact E end.
  - split_bools. apply norm_growth_lemma; [apply symmetric_b_ok; assumption| |].
    + match goal with E : factorisation_b _ _ _ _ = true |- _ => exact (factorisation_b_ok s true _ _ E) end.
    + match goal with E : 0 <= tau_of s |- _ => unfold tau_of in E; rewrite Qred_correct in E; exact E end.
  - apply chain_ok in H. destruct H as [HL HC]. intros k i Hk Hi. simpl in Hk. specialize (HC k ltac:(lia)).
    rewrite below_ok in HC. specialize (HC i Hi). apply grows_ok in HC; [assumption|lia|assumption].
  - split_bools. intros K. specialize (K layer token ltac:(simpl; lia) ltac:(assumption)).
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false in E; apply E end.
    apply grows_ok; [lia|assumption|exact K].
  - apply tau_bounds in H. apply leaders_persist_lemma; lra.
  - apply chain_ok in H. destruct H as [HL HC].
    assert (Hstep : forall k i, (k < N)%nat -> (i < n)%nat -> leader S' k i -> leader S' (S k) i).
    { intros k i Hk Hi Hl. specialize (HC k Hk). rewrite below_ok in HC. specialize (HC i Hi).
      apply (leads_ok S' _ _ i (G (S k) ltac:(lia)) Hi). apply (leads_ok S' _ _ i (G k ltac:(lia)) Hi) in Hl.
      change (size S') with n in Hl. rewrite Hl in HC. exact HC. }
    intros k m i Hkm Hm Hi Hl. simpl in Hm. induction Hkm as [|m Hkm IH]; [split; [assumption|apply same_refl]|].
    destruct (IH ltac:(lia)) as [A B]. split; [apply Hstep; [lia|assumption..]|].
    apply same_trans with (run S' m i); [|assumption]. exact (step_alone S' (run S' m) i Hi A).
  - split_bools. intros K.
    match goal with E : leads _ _ _ = true |- _ => apply (leads_ok S' _ since token (G since ltac:(lia)) ltac:(assumption)) in E; rename E into HL end.
    destruct (K since layer token ltac:(lia) ltac:(simpl; lia) ltac:(assumption) HL) as [A _].
    match goal with E : follows _ _ _ = true |- _ => rewrite (follows_ok S' _ layer) in E; [|apply G; lia|assumption..]; apply attends_spec in E; [|assumption]; apply A in E; [|assumption]; congruence end.
  - (* PersistMoves *) split_bools. intros K.
    match goal with E : leads _ _ _ = true |- _ => apply (leads_ok S' _ since token (G since ltac:(lia)) ltac:(assumption)) in E; rename E into HL end.
    destruct (K since layer token ltac:(lia) ltac:(simpl; lia) ltac:(assumption) HL) as [_ A].
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false in E; apply E end.
    apply same_b_ok. apply (same_trans S' _ (run S' layer token)); [apply (point_same S'); [apply G; lia|assumption]|].
    apply (same_trans S' _ (run S' since token)); [exact A|apply same_sym, (point_same S'); [apply G; lia|assumption]].
  - split_bools. match goal with E : factorisation_b _ _ _ _ = true |- _ => pose proof (factorisation_b_ok s false _ _ E) as HS end.
    assert (Qle_bool 0 (listed_alpha s) = true) as HA by (apply Qle_bool_iff; assumption). apply tau_bounds in HA.
    apply no_collision; [lra|lra|exact HS].
  - split_bools. match goal with E : below _ _ = true |- _ => rewrite below_ok in E; rename E into HB end.
    assert (HB' : forall i j, (j < i)%nat -> (i < n)%nat -> same S' (run S' N i) (run S' N j) -> same S' (run S' 0 i) (run S' 0 j)).
    { intros i j Hj Hi K. specialize (HB i Hi). rewrite below_ok in HB. specialize (HB j Hj). apply orb_true_iff in HB.
      apply (same_point N) in K; [|lia..]. destruct HB as [E|E]; [rewrite K in E; discriminate|]. apply same_point in E; [assumption|lia..]. }
    intros k i j Hk Hi Hj Hne K. simpl in Hk. apply Hne. apply (same_later S' 0 k); [lia|].
    pose proof (same_later S' (S k) N i j Hk K) as KN. destruct (Nat.lt_trichotomy i j) as [L|[->|L]].
    + apply same_sym, HB'; [assumption..|]. apply same_sym, KN.
    + apply same_refl.
    + apply HB'; assumption.
  - split_bools. intros K. match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false in E; rename E into HE end.
    rewrite (same_point layer) in HE by (try assumption; lia). apply (K layer i j ltac:(simpl; lia) ltac:(assumption) ltac:(assumption) HE).
    apply (same_point (S layer)); [lia|assumption..|]. apply same_b_ok.
    repeat match goal with E : same_b _ _ _ = true |- _ => apply same_b_ok in E end.
    apply same_trans with (vec place); [assumption|apply same_sym; assumption].
  - split_bools. match goal with E : 0 <= listed_alpha s |- _ => apply Qle_bool_iff in E; apply tau_bounds in E end.
    apply leaders_extreme_lemma; lra.
  - split_bools. unfold leaders_named in *. split_bools. unfold exposed_named in *.
    intros k m i Hkm Hm Hi Hl. simpl in Hm.
    destruct (first_lead_ok i k ltac:(assumption) Hi ltac:(lia) Hl) as [k0 [E0 Hk0]].
    match goal with E : below _ _ = true |- _ => rewrite below_ok in E; specialize (E i Hi); rewrite E0 in E; apply existsb_exists in E; destruct E as [e [Hin He]] end.
    split_bools.
    repeat match goal with E : forallb _ _ = true |- _ => rewrite forallb_forall in E; specialize (E e Hin) end.
    split_bools.
    match goal with E : below (length _) _ = true |- _ => rewrite below_ok in E; specialize (E (m - k0)%nat) end.
    assert (Hlen : (m - k0 < length (snd e))%nat) by lia.
    match goal with E : (m - k0 < _)%nat -> _ |- _ => specialize (E Hlen) end. split_bools.
    apply (exposed_extreme S' (vec (nth (m - k0) (snd e) []))); [assumption|].
    match goal with E : exposes_b _ _ _ _ _ = true |- _ => replace (snd (fst e) + (m - k0))%nat with m in E by lia; replace (fst (fst e)) with i in E by auto; apply exposes_ok in E; [exact E|lia|assumption] end.
  - split_bools. intros K.
    match goal with E : leads _ _ _ = true |- _ => apply (leads_ok S' _ since token (G since ltac:(lia)) ltac:(assumption)) in E; rename E into HL end.
    specialize (K since layer token ltac:(lia) ltac:(simpl; lia) ltac:(assumption) HL).
    match goal with E : is_combination _ _ _ _ _ = true |- _ => apply is_combination_ok in E; destruct E as [C [T HComb]] end.
    apply (not_extreme S' (run S' layer) (run S' layer token) (weigh weights) C); [| |exact K].
    + intros r Hr. rewrite <- (point_ok S' _ _ token r (G layer ltac:(lia)) ltac:(assumption) Hr), (HComb r Hr). apply sum_ext. intros j Hj.
      rewrite (point_ok S' _ _ j r (G layer ltac:(lia)) Hj Hr). reflexivity.
    + intros j Hj Hp Hs. apply (same_point layer) in Hs; [|lia|assumption..].
      match goal with F : forallb _ weights = true |- _ => rewrite forallb_forall in F; rename F into HF end.
      assert (Hz : weigh weights j == 0); [|lra].
      assert (weigh weights j == lsum weights (fun p => 0)) as ->.
      { apply lsum_ext. intros p Hin. destruct (Nat.eqb (fst p) j) eqn:Ej; [|reflexivity]. apply Nat.eqb_eq in Ej. specialize (HF p Hin).
        rewrite Ej in HF. change (dim S') with d in HF. rewrite Hs in HF. discriminate. }
      clear. induction weights as [|p ps IH]; [reflexivity|]. rewrite lsum_cons, IH. reflexivity.
  - (* ConvergenceConsensus *)
    split_bools. match goal with E : factorisation_b _ _ _ _ = true |- _ => apply (factorisation_b_ok _ true) in E; rename E into HD end.
    assert (Qle_bool 0 (listed_alpha s) = true) as HA by (apply Qle_bool_iff; lra). apply tau_bounds in HA.
    assert (0 < tau S') by (unfold tau; simpl; apply Qlt_shift_div_l; lra).
    apply consensus_lemma; try lra. intros x Hx.
    assert (0 < form (system_of (negated s)) x x); [|rewrite negated_form in *; lra].
    apply HD. intros K. apply Hx. intros q Hq. apply K. cbn [dim system_of negated listed_A]. rewrite map_length. exact Hq.
  - (* ConvergenceHolds *)
    split_bools. set (k := it_layer it) in *. set (p := it_period it) in *.
    match goal with E : itinerary_b _ _ _ = true |- _ => destruct (itinerary_ok s ls Hwf Hgood it E) as [Hp Hrep] end.
    fold k in Hrep. fold p in Hrep, Hp.
    match goal with E : reduced_sum _ _ == 1 |- _ => rewrite reduced_sum_ok in E; rename E into Hw end.
    match goal with E : equal_combinations _ _ (combine_b _ _ _ _ p) _ = true |- _ => pose proof (equal_ok _ _ E) as Hrest end.
    assert (Hrest' : forall i x, (i < n)%nat -> (x < d)%nat ->
       comb S' k p (length coefficients) (fun j => nth j coefficients 0) p i x == comb S' k p (length coefficients) (fun j => nth j coefficients 0) 0 i x).
    { intros i x Hi Hx. rewrite <- !combination_ok by (try assumption; lia). apply Hrest; assumption. }
    match goal with E : equal_combinations _ _ (entry limits) _ = true |- _ => pose proof (equal_ok _ _ E) as Hlim0 end.
    assert (Hlim : forall i, (i < n)%nat -> same S' (comb S' k p (length coefficients) (fun j => nth j coefficients 0) 0 i) (entry limits i)).
    { intros i Hi x Hx. rewrite (Hlim0 i x Hi Hx). symmetry. apply combination_ok; try assumption; lia. }
    match goal with E : below p _ = true |- _ => rewrite below_ok in E; rename E into Hph end.
    assert (Hph' : forall r i x, (r < p)%nat -> (i < n)%nat -> (x < d)%nat ->
       comb S' k p (length coefficients) (fun j => nth j coefficients 0) r i x == comb S' k p (length coefficients) (fun j => nth j coefficients 0) 0 i x).
    { intros r i x Hr Hi Hx. rewrite <- !combination_ok by (try assumption; lia). specialize (Hph r Hr). exact (equal_ok _ _ Hph i x Hi Hx). }
    match goal with E : _ || _ = true |- _ => apply orb_true_iff in E; destruct E as [HA|HA] end.
    + apply tau_bounds in HA.
      intros i Hi. apply (tends_same _ _ _ _ (Hlim i Hi)).
      apply (locked_tends S' k p Hp Hrep (length coefficients) (fun j => nth j coefficients 0)); try assumption; lra.
    + split_bools. destruct coefficients as [|w0 [|]]; try discriminate. cbn [length nth] in *.
      assert (Ew : forall r i x, comb S' k p 1 (fun j => nth j [w0] 0) r i x == run S' (k + r) i x).
      { intros r i x. unfold comb. simpl sum. cbn [nth]. rewrite Nat.mul_0_r, Nat.add_0_r. match goal with E : w0 == 1 |- _ => rewrite E end. ring. }
      intros i Hi. apply (tends_same S' i (run S' k i)).
      { apply (same_trans S' _ (comb S' k p 1 (fun j => nth j [w0] 0) 0 i)); [|exact (Hlim i Hi)]. intros x _. rewrite Ew, Nat.add_0_r. reflexivity. }
      revert i Hi. apply (rest_tends S' k p Hp Hrep).
      * intros r i x Hr Hi Hx. specialize (Hph' r i x Hr Hi Hx). rewrite !Ew, Nat.add_0_r in Hph'. exact Hph'.
      * intros i x Hi Hx. specialize (Hrest' i x Hi Hx). rewrite !Ew, Nat.add_0_r in Hrest'. exact Hrest'.
  - (* ConvergenceBasin *) split_bools. intros i Hi.
    match goal with E : equal_combinations _ _ _ _ = true |- _ => rename E into HE end.
    apply (tends_same S' i (basin_ends s ls b i)); [intros x Hx; symmetry; exact (equal_ok _ _ HE i x Hi Hx)|].
    match goal with E : basin_b _ _ _ = true |- _ => exact (proj2 (basin_ok b E) i Hi) end.
  - (* ConvergenceFails *) exact (diverges_ok it coefficients factor token phase H).
  - (* ConvergenceSpreads *) exact (spreads_ok _ _ _ _ _ _ H).
  - (* VertexHolds *) split_bools. eapply vertex_ok; [apply rest_ends; eassumption|exact n_pos'|eassumption].
  - (* VertexFails *) split_bools. eapply unled_ok; [apply rest_ends; eassumption|eassumption].
  - (* VertexBasin *) split_bools. eapply vertex_ok; [apply basin_ok; eassumption|exact n_pos'|eassumption].
  - (* VertexBasinFails *) split_bools. eapply unled_ok; [apply basin_ok; eassumption|eassumption].
  - (* LimitSetHolds *) split_bools. eapply set_definite_ok; [apply rest_ends; eassumption|apply phases_ok; assumption|eassumption|assumption].
  - (* LimitSetRigid *) split_bools. eapply set_rigid_ok; [apply rest_ends; eassumption|apply phases_ok; assumption|assumption|assumption].
  - (* LimitSetFails *) split_bools. eapply astray_ok; [apply rest_ends; eassumption|eassumption].
  - (* LimitSetBasin *) split_bools. eapply set_definite_ok; [apply basin_ok; eassumption|apply basin_ok; assumption|eassumption|assumption].
  - (* LimitSetBasinRigid *) split_bools. eapply set_rigid_ok; [apply basin_ok; eassumption|apply basin_ok; assumption|assumption|assumption].
  - (* LimitSetBasinFails *) split_bools. eapply astray_ok; [apply basin_ok; eassumption|eassumption].
  - (* LimitSetDiverges *) intros [K _]. apply (diverges_ok it coefficients factor token phase H).
    intros i Hi. destruct (K i Hi) as [x [Hx _]]. exact (tends_converges S' i x Hx).
  - (* LimitSetSpreads *) intros [K _]. apply (spreads_ok _ _ _ _ _ _ H). intros i Hi. destruct (K i Hi) as [x [Hx _]]. exact (tends_converges S' i x Hx).
  - (* SettlesHolds *)
    split_bools. match goal with E : itinerary_b _ _ _ = true |- _ => pose proof E as Hi0; destruct (itinerary_ok s ls Hwf Hgood it E) as [Hp Hrep] end.
    pose proof (fun r Hr => itinerary_length s ls it r Hi0 Hr) as Hlen.
    match goal with E : below (it_period it) (fun r => owns_eqb _ _) = true |- _ => rewrite below_ok in E; rename E into HB end.
    exists (it_layer it). intros m i j Hm Hi.
    destruct (Nat.lt_ge_cases j n) as [Hj|Hj]; [|split; intros [A _]; lia].
    pose proof (Nat.mod_upper_bound (m - it_layer it) (it_period it) ltac:(lia)) as Hr.
    specialize (Hrep (m - it_layer it)%nat i j Hi Hj). replace (it_layer it + (m - it_layer it))%nat with m in Hrep by lia.
    rewrite <- !attends_spec by assumption. rewrite Hrep.
    rewrite <- (follows_ok S' _ _ i j (G _ (Hlen _ Hr)) Hi Hj).
    rewrite <- (follows_ok S' _ _ i j (G (it_layer it) ltac:(specialize (Hlen 0%nat ltac:(lia)); lia)) Hi Hj).
    specialize (HB _ Hr). unfold owns_eqb in HB. destruct (list_eq_dec _ _ _) as [E|] in HB; [|discriminate].
    unfold follows. rewrite E. reflexivity.
  - (* SettlesFails *)
    split_bools. match goal with E : itinerary_b _ _ _ = true |- _ => pose proof E as Hi0; destruct (itinerary_ok s ls Hwf Hgood it E) as [Hp Hrep] end.
    pose proof (fun r Hr => itinerary_length s ls it r Hi0 Hr) as Hlen.
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false, below_ok in E; apply E end || idtac.
    intros [k HK].
    match goal with E : negb _ = true |- _ => apply negb_true_iff in E; rewrite <- not_true_iff_false, below_ok in E; apply E end.
    intros j Hj. apply Bool.eqb_true_iff.
    rewrite (follows_ok S' _ _ token j (G (it_layer it + phase) (Hlen phase ltac:(assumption)))) by assumption.
    rewrite (follows_ok S' _ _ token j (G (it_layer it) ltac:(specialize (Hlen 0%nat ltac:(lia)); lia))) by assumption.
    assert (E : forall r, (r < it_period it)%nat -> attends_b S' (run S' (it_layer it + r)) token j = attends_b S' (run S' k) token j).
    { intros r Hr. pose proof (Hrep (r + it_period it * k)%nat token j ltac:(assumption) Hj) as R.
      rewrite (Nat.mul_comm (it_period it)), Nat.mod_add, Nat.mod_small in R by lia. rewrite <- R.
      apply eq_true_iff_eq. rewrite !attends_spec by assumption. apply HK; [nia|assumption]. }
    rewrite (E phase) by assumption. specialize (E 0%nat ltac:(lia)). rewrite Nat.add_0_r in E. symmetry. exact E.
Qed.
End Sound.

Theorem check_sound s N K claims : check s N K claims = true -> forall c, In c claims -> means (system_of s) N c.
Proof.
  unfold check. intros H c Hc. apply andb_true_iff in H. destruct H as [Hwf H]. cbv zeta in H. rewrite forallb_forall in H.
  apply (check_claim_ok s N (build s K) Hwf); [|apply H, Hc].
  intros k l E. apply (build_good s K Hwf k l E).
Qed.
